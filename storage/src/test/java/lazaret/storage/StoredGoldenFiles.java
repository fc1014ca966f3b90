package lazaret.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Stored forms that are frozen: lines of a name and what belongs to it, in a file of the test
/// resources. No line may ever change, since stores out there hold these bytes; what is new gets a
/// line of its own.
public final class StoredGoldenFiles {
  private final String file;
  private final Map<String, String> lines = new LinkedHashMap<>();

  private StoredGoldenFiles(String file) {
    this.file = file;
  }

  /// Reads a file of the folder `golden`.
  public static StoredGoldenFiles of(String file) {
    StoredGoldenFiles golden = new StoredGoldenFiles(file);
    try (InputStream in = StoredGoldenFiles.class.getResourceAsStream("/golden/" + file)) {
      assertThat(in).as("golden/" + file).isNotNull();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(golden::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return golden;
  }

  private void add(String line) {
    int space = line.indexOf(' ');
    assertThat(lines.put(line.substring(0, space), line.substring(space + 1))).isNull();
  }

  /// Returns all lines by name.
  public Map<String, String> lines() {
    return lines;
  }

  /// Returns the text of a line.
  public String text(String name) {
    return Objects.requireNonNull(lines.get(name), () -> name + " in golden/" + file);
  }

  /// Returns the bytes of a line of hexadecimal digits.
  public byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }
}
