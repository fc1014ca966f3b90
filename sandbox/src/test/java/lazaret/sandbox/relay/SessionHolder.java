package lazaret.sandbox.relay;

import java.nio.file.Path;
import java.util.Optional;

/// A program that opens a session, prints its folder, and keeps running.
final class SessionHolder {
  private SessionHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    var gate = new GateEndpoint("http://127.0.0.1:1", Optional.empty(), Optional.empty());
    var terms = new RelaySession.Terms(gate, new RelayScope.Resolution(), RelayLimits.DEFAULTS);
    RelaySession session = RelaySession.open(Path.of(arguments[0]), terms);
    System.out.println(session.folder());
    Thread.currentThread().join();
  }
}
