package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Libraries that run received code, weaken checks and keys, replace recipients or do damage, and
/// similar honest libraries.
///
/// They use many clients and forms. They are in two text files, are inert and never built.
final class BuildScriptActionsTest {
  private static final String MANIFEST =
      "[package]\nname = \"demo\"\nversion = \"1.0.0\"\n\n[dependencies]\nreqwest = \"0.12\"\n";

  /// A library of the test.
  ///
  /// @param signal the expected signal; empty for an honest library
  record Library(String name, String signal, Map<String, String> files) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Library> attacks() throws IOException {
    return libraries("acts.txt");
  }

  static Stream<Library> neighbors() throws IOException {
    return libraries("neighbors.txt");
  }

  private static Stream<Library> libraries(String file) throws IOException {
    List<Library> all = new ArrayList<>();
    for (String text : read(file).split("(?m)^##### ", -1)) {
      String[] parts = text.split("(?m)^=== ", -1);
      String[] head = parts[0].strip().split(" ", 2);
      if (parts.length > 1) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
          int line = part.indexOf('\n');
          files.put(part.substring(0, line), part.substring(line + 1));
        }
        all.add(new Library(head[0], head.length > 1 ? head[1] : "", files));
      }
    }
    assertThat(all).hasSizeGreaterThan(20);
    return all.stream();
  }

  private static String read(String file) throws IOException {
    try (InputStream in = BuildScriptActionsTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource
  void attacks(Library library) {
    assertThat(held(library)).containsKey(library.signal());
  }

  @ParameterizedTest
  @MethodSource
  void neighbors(Library library) {
    assertThat(held(library)).isEmpty();
  }

  private static String named(String manifest) {
    return manifest
        .replaceFirst("name = \"[^\"]*\"", "name = \"demo\"")
        .replaceFirst("version = \"[^\"]*\"", "version = \"1.0.0\"");
  }

  private static Map<String, String> held(Library library) {
    Map<String, String> files = new LinkedHashMap<>(library.files());
    String own = files.remove("Cargo.toml");
    CrateBuilder crate = demo().manifest(own == null ? MANIFEST : named(own));
    files.forEach((path, text) -> crate.file(path, InspectionFixture.bytes(text)));
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight() != SignalWeight.NOTE)
        .collect(
            Collectors.toMap(signal -> signal.code().code(), Signal::toString, (one, _) -> one));
  }
}
