package lazaret.mirror.probe;

/// The entry point of the probe for orchestrators of containers without a shell. Exit codes: 0 if
/// the server is ready, else 1.
public final class Main {
  private Main() {}

  /// Asks once, and ends the process with the exit code.
  ///
  /// @param arguments the URL to ask; none for the server with the variables of this process
  public static void main(String[] arguments) {
    String url = arguments.length > 0 ? arguments[0] : HealthProbe.url(System.getenv());
    boolean ready = HealthProbe.ask(url, System.out);
    System.out.flush();
    System.exit(ready ? 0 : 1);
  }
}
