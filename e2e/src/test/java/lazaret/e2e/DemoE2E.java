package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The demo that a newcomer starts, with its people and their requests.
@Tag("ci")
class DemoE2E {
  private static final Path DEMO = Machine.root().resolve("bin/demo");
  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern ADDRESS = Pattern.compile("The demo is ready: (http://.*)/desk/");
  private static final Pattern PERSON = Pattern.compile("  ([a-z]+) +([a-z]+) +(lzr_[0-9a-f]{64})");
  private static final Pattern FOLDER = Pattern.compile("Ctrl-C ends the demo and removes (.*)\\.");

  @Test
  @Tag("all")
  void peopleOfTheDemoSignInSoonAndItsEndRemovesEverything() throws Exception {
    Path data = IndexSlice.data().resolve("..").normalize();
    long begun = System.nanoTime();
    Process demo =
        new ProcessBuilder(DEMO.toString(), data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // A demo that hangs ends then, and with it the read of its output.
    CompletableFuture.delayedExecutor(START.toSeconds(), TimeUnit.SECONDS).execute(demo::destroy);
    try (BufferedReader out = demo.inputReader()) {
      String said = readUntilReady(out);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(2));

      String address = found(ADDRESS, said);
      List<String> signedIn = new ArrayList<>();
      Matcher person = PERSON.matcher(said);
      while (person.find()) {
        assertThat(signIn(address, person.group(3))).as(person.group(1)).isEqualTo(303);
        signedIn.add(person.group(1) + " " + person.group(2));
      }
      assertThat(signedIn)
          .containsExactly("mara reviewer", "jonas reviewer", "lena requester", "admin admin");

      Path folder = Path.of(found(FOLDER, said));
      assertThat(folder).isDirectory();
      // Programs in the background ignore the signal of Ctrl-C; this one is treated alike.
      demo.destroy();
      assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(143);
      assertThat(Files.exists(folder)).isFalse();
    } finally {
      demo.destroy();
    }
  }

  @Test
  void theDemoNamesTheFolderThatIsMissing() {
    ProgramResult result = Programs.run(PATIENCE, DEMO.toString(), "/nowhere").exits(3);

    assertThat(result.err())
        .isEqualTo(
            "cannot start the demo: expected the sample data, found no /nowhere/upstream/index;"
                + " name its folder: bin/demo FOLDER\n");
  }

  private static String readUntilReady(BufferedReader out) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (FOLDER.matcher(line).find()) {
        return said.toString();
      }
    }
    throw new AssertionError("the demo ended:\n" + said);
  }

  private static String found(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return matcher.group(1);
  }

  private static int signIn(String address, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/desk/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
