package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CargoMessagesTest {
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  @Test
  void takesFinalArtifactsAndPassesOnTheRest() throws IOException {
    List<Path> files =
        read(
            """
            a line of a build script
            {"reason":"compiler-artifact","target":{"kind":["lib"]},"filenames":["/out/debug/libx.rlib"]}
            {"reason":"compiler-artifact","target":{"kind":["custom-build"]},"filenames":["/out/debug/build/x/build-script-build"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/debug/tool"]}
            {"reason":"compiler-artifact","target":{"kind":["cdylib"]},"filenames":["/out/t/release/libx.so","/out/t/release/deps/libx.so"]}
            {"reason":"build-finished","success":true}
            {"not":"a message"}
            last""");

    assertThat(files).containsExactly(Path.of("debug/tool"), Path.of("t/release/libx.so"));
    assertThat(rest.toString(StandardCharsets.UTF_8))
        .isEqualTo("a line of a build script\n{\"not\":\"a message\"}\nlast");
  }

  @Test
  void takesNothingFromElsewhere() throws IOException {
    List<Path> files =
        read(
            """
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/../etc/shadow","/etc/shadow","/out"]}
            """);

    assertThat(files).isEmpty();
  }

  /// A procedural macro can print lines in the form of cargo's own messages.
  @Test
  void takesNothingByNamesThatCargoGivesNoArtifact() throws IOException {
    List<Path> files =
        read(
            """
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/debug/\\u0000tool"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/.ssh/authorized_keys"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/debug/.git/hooks/pre-commit"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/debug/.bashrc"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/Makefile"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/a/b/c/d"]}
            {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["/out/debug/to\\nol"]}
            {"reason":"compiler-artifact","target":{"kind":["example"]},"filenames":["/out/t/debug/examples/hello"]}
            printed later
            """);

    assertThat(files).containsExactly(Path.of("t/debug/examples/hello"));
    assertThat(rest.toString(StandardCharsets.UTF_8)).isEqualTo("printed later\n");
  }

  @Test
  void fitsBuildsThatSayNothingOfMessages() {
    assertThat(CargoMessages.fit(List.of("cargo", "build", "--release"))).isTrue();
    assertThat(CargoMessages.fit(List.of("cargo", "b"))).isTrue();
    assertThat(CargoMessages.fit(List.of("cargo", "build", "--message-format=json"))).isFalse();
    assertThat(CargoMessages.fit(List.of("cargo", "run"))).isFalse();
    assertThat(CargoMessages.fit(List.of("make", "build"))).isFalse();
  }

  @Test
  void asksForMessagesWhereTheyFit() {
    assertThat(CargoMessages.asked(List.of("cargo", "build", "--release")))
        .containsExactly("cargo", "build", "--message-format=json-render-diagnostics", "--release");
    assertThat(CargoMessages.asked(List.of("cargo", "test"))).containsExactly("cargo", "test");
  }

  private List<Path> read(String text) throws IOException {
    CargoMessages messages = new CargoMessages(rest);
    try (messages) {
      messages.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return messages.files();
  }
}
