package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.trace.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSetupTest {
  @TempDir Path folder;

  private MirrorConfig config(Map<String, String> variables) {
    return MirrorConfig.read(List.of("--data-dir", folder.toString()), variables);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("headers"), text);
  }

  @Test
  void withoutAnEndpointThereAreNoTraces() {
    assertThat(TraceSetup.open(config(Map.of()), "1")).isSameAs(Tracer.OFF);
  }

  @Test
  void endpointWithoutAPathHasTheUsualOne() {
    assertThat(traces("http://collector:4318").endpoint())
        .hasToString("http://collector:4318/v1/traces");
    assertThat(traces("https://collector/in/traces").endpoint())
        .hasToString("https://collector/in/traces");
  }

  private MirrorConfig.Traces traces(String endpoint) {
    MirrorConfig.Traces traces =
        config(Map.of("LAZARET_TRACES_ENDPOINT", endpoint)).server().observation().traces();
    assertThat(traces).isNotNull();
    return traces;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://user:word@collector", "http://collector?key=word", "http://collector/#a"})
  void endpointWithASecretIsRefused(String endpoint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config(Map.of("LAZARET_TRACES_ENDPOINT", endpoint)))
        .satisfies(
            e ->
                assertThat(e.mistakes())
                    .singleElement()
                    .asString()
                    .contains("expected host and path")
                    .doesNotContain("word"));
  }

  @Test
  void withoutTheModuleTheServerDoesNotStart() {
    MirrorConfig config = config(Map.of("LAZARET_TRACES_ENDPOINT", "http://127.0.0.1:4318"));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TraceSetup.open(config, "1"))
        .withMessageContaining("environment variable LAZARET_TRACES_ENDPOINT")
        .withMessageContaining("needs the module tracing on the class path");
  }

  @Test
  void withoutAPartOfTheModuleTheServerDoesNotStart() throws IOException {
    Path services = Files.createDirectories(folder.resolve("plugins/META-INF/services"));
    Files.writeString(services.resolve("lazaret.vetting.trace.Tracer$Factory"), "absent.Opener");
    MirrorConfig config = config(Map.of("LAZARET_TRACES_ENDPOINT", "http://127.0.0.1:4318"));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader incomplete =
        new URLClassLoader(new URL[] {folder.resolve("plugins").toUri().toURL()}, before)) {
      thread.setContextClassLoader(incomplete);

      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> TraceSetup.open(config, "1"))
          .withMessageContaining("or a library of it is not there")
          .withMessageContaining("absent.Opener");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void readsHeaderFields() throws IOException {
    assertThat(TraceSetup.headers(file("Authorization: Bearer a b\n\nX-Tenant:1\n")))
        .containsExactly(Map.entry("Authorization", "Bearer a b"), Map.entry("X-Tenant", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "Na me: secret", "A:", ": secret", "A: sec\u00e9ret", "A: a\u0000b"})
  void refusesOtherLinesWithoutTheirText(String line) throws IOException {
    Path file = file(line);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TraceSetup.headers(file))
        .satisfies(
            e ->
                assertThat(e.mistakes())
                    .singleElement()
                    .asString()
                    .contains("'Name: value'")
                    .doesNotContain("secret"));
  }

  @Test
  void refusesManyFields() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      lines.append("N").append(i).append(": v\n");
    }
    Path file = file(lines.toString());

    assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> TraceSetup.headers(file));
  }
}
