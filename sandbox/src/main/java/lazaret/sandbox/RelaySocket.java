package lazaret.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// The socket through which a command in the sandbox reaches the gate. Implementations are
/// thread-safe.
public interface RelaySocket {
  /// Returns the folder of the socket, which contains nothing else.
  Path folder();

  /// Sets the search of the bytes that clients send on each new connection.
  ///
  /// @param each the factory of the search of one connection
  void scanWith(Supplier<RequestScan> each);

  /// Waits until all bytes of ended clients are read, at most for a given time.
  ///
  /// @param patience the longest time to wait
  void settle(Duration patience) throws InterruptedException;
}
