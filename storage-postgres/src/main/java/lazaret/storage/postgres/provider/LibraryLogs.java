package lazaret.storage.postgres.provider;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// The logs of the connection pool and of the library that changes the schema. Their failures are
/// in the exceptions of this module; all else that they log is about their own start and end.
final class LibraryLogs {
  /// Strong references, because the log manager forgets the level of a logger without one.
  private static final List<Logger> LIBRARIES =
      Stream.of("com.zaxxer.hikari", "org.flywaydb").map(Logger::getLogger).toList();

  private LibraryLogs() {}

  /// Leaves out all messages but errors.
  static void limit() {
    LIBRARIES.forEach(library -> library.setLevel(Level.SEVERE));
  }
}
