package lazaret.storage.postgres.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this program, as far as the schema depends on it.
///
/// @param number the generation of the program; each migration increases it
/// @param schema the version of the schema that it needs
record ProgramVersion(int number, int schema) {
  private static final String FILE = "program.properties";

  /// Reads the version from the file that is packaged with the migrations.
  static ProgramVersion read() {
    var numbers = new Properties();
    try (InputStream in = ProgramVersion.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the program has no " + FILE);
      }
      numbers.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProgramVersion(number(numbers, "program"), number(numbers, "schema"));
  }

  private static int number(Properties numbers, String name) {
    return Integer.parseInt(numbers.getProperty(name, "").strip());
  }
}
