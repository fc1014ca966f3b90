package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process: its output, its files and its exit.
class ServerMainTest {
  @TempDir Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "lazaret.mirror.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET_"));
    builder.environment().put("HOME", folder.toString());
    builder.redirectError(folder.resolve("stderr").toFile());
    return builder.start();
  }

  private static int end(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process did not end");
    }
    return process.exitValue();
  }

  private static String out(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private String err() {
    try {
      return Files.readString(folder.resolve("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void servesUntilItIsTerminated() throws Exception {
    Files.createDirectories(folder.resolve("upstream/index"));
    Path data = folder.resolve("data");
    Process process =
        start(
            "--data-dir",
            data.toString(),
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            folder.resolve("upstream").toString());
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();

    assertThat(line).matches("listening on http://127\\.0\\.0\\.1:\\d+/");
    String token = Files.readString(data.resolve("admin-token")).strip();
    assertThat(Files.getPosixFilePermissions(data.resolve("admin-token")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(line.substring("listening on ".length()) + "desk/v1/status"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
    process.toHandle().destroy();

    assertThat(end(process)).as(err()).isZero();
    assertThat(out.readLine()).as("a second line on standard output").isNull();
    assertThat(err())
        .contains("Admin token: " + data.resolve("admin-token") + " (new)")
        .doesNotContain(token);
    assertThat(err()).doesNotContain("io.helidon");
  }

  /// The usual commands of a user who explores: an empty folder, another data folder.
  @Test
  void saysWhatIsMissingAndHowToFindItAgain() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Path data = folder.resolve("data");
    Process process =
        start(
            "--data-dir",
            data.toString(),
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            folder.resolve("empty").toString());
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> ready =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(line.substring("listening on ".length()) + "health/ready"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(ready.body())
          .contains("the folder of upstream is gone or empty")
          .doesNotContain(folder.toString());
    }
    process.toHandle().destroy();

    assertThat(end(process)).as(err()).isZero();
    assertThat(err())
        .contains(
            "Upstream: the folder of upstream is gone or empty: check whether its disk is mounted")
        .contains("'LAZARET_DATA_DIR=" + data + " vetting-cli cargo-config --home'");
  }

  @Test
  void logsOneObjectALineWhereThatIsConfigured() throws Exception {
    Files.createDirectories(folder.resolve("upstream/index"));
    Files.writeString(
        folder.resolve("mirror.toml"),
        """
        data-dir = "%s"
        listen = "127.0.0.1:0"
        upstream = "%s"
        [server]
        log-format = "json"
        [feeds]
        rustsec = "%s"
        """
            .formatted(
                folder.resolve("data"), folder.resolve("upstream"), folder.resolve("none.zip")));
    Process process = start("--config", folder.resolve("mirror.toml").toString());
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).startsWith("listening on ");
    for (int i = 0; i < 300 && !err().contains("{\"at\""); i++) {
      Thread.sleep(100);
    }
    process.toHandle().destroy();
    assertThat(end(process)).as(err()).isZero();

    assertThat(err().lines().filter(l -> l.startsWith("{")))
        .isNotEmpty()
        .allMatch(l -> l.matches("\\{\"at\":\"20.*\"level\":.*\"message\":.*\\}"));
    assertThat(err()).doesNotContainPattern("(?m)^20\\d\\d-");
  }

  @Test
  void saysThatAFolderCannotBeMade() throws Exception {
    Process process = start("--data-dir", "/proc/lazaret-test", "--listen", "127.0.0.1:0");

    assertThat(end(process)).isEqualTo(3);
    assertThat(err())
        .contains("'/proc/lazaret-test': it cannot be made in '/proc'")
        .contains("name a folder on a disk that this user may write to");
  }

  private Process serve(Path data) throws IOException {
    Files.createDirectories(folder.resolve("upstream/index"));
    return start(
        "--data-dir",
        data.toString(),
        "--listen",
        "127.0.0.1:0",
        "--upstream",
        folder.resolve("upstream").toString());
  }

  private static String listening(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return out.readLine().substring("listening on ".length());
  }

  private static HttpResponse<String> desk(HttpRequest.Builder request, String token)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request.header("Authorization", "Bearer " + token).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void killedServerReplacesTheAdminTokenAndNoOther() throws Exception {
    Path data = folder.resolve("data");
    Process first = serve(data);
    String url = listening(first);
    String leaked = Files.readString(data.resolve("admin-token")).strip();
    String body = "{\"name\":\"ann\",\"scopes\":[\"review\"]}";
    HttpResponse<String> made =
        desk(
            HttpRequest.newBuilder(URI.create(url + "desk/v1/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)),
            leaked);
    String ann = made.body().replaceAll("(?s).*(lzr_[0-9a-f]{64}).*", "$1");
    assertThat(ServerAddressFile.read(data)).isPresent();
    first.destroyForcibly();
    assertThat(end(first)).isNotZero();
    assertThat(data.resolve("listening")).as("left behind").exists();
    assertThat(ServerAddressFile.read(data)).as("the note of a process that is gone").isEmpty();
    assertThat(data.resolve("desk.sock").toFile().exists()).as("left behind").isTrue();

    Process second = serve(data);
    String next = listening(second);
    String fresh = Files.readString(data.resolve("admin-token")).strip();

    URI events = URI.create(next + "desk/v1/events");
    assertThat(fresh).isNotEqualTo(leaked);
    assertThat(desk(HttpRequest.newBuilder(events), leaked).statusCode()).isEqualTo(401);
    assertThat(desk(HttpRequest.newBuilder(events), ann).statusCode()).isEqualTo(200);
    assertThat(desk(HttpRequest.newBuilder(events), fresh).body())
        .contains("token 'admin': replaced, the server before did not end in order");
    assertThat(err()).containsOnlyOnce("admin token replaced").doesNotContain(fresh, leaked);
    second.toHandle().destroy();
    assertThat(end(second)).as(err()).isZero();
    Process third = serve(data);
    String _ = listening(third);
    assertThat(Files.readString(data.resolve("admin-token")).strip())
        .as("kept after an end in order")
        .isEqualTo(fresh);
    third.toHandle().destroy();
    assertThat(end(third)).isZero();
  }

  @Test
  void endsWith2OnMistakes() throws Exception {
    Process process = start("--listen", "0.0.0.0:7080", "--mod", "audit");

    assertThat(end(process)).isEqualTo(2);
    assertThat(out(process)).isEmpty();
    assertThat(err())
        .contains("the configuration has mistakes")
        .contains("did you mean '--mode'?")
        .contains("set 'public-url'");
  }

  @Test
  void endsWith3WhereThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Process process =
          start(
              "--data-dir",
              folder.resolve("data").toString(),
              "--listen",
              "127.0.0.1:" + taken.getLocalPort(),
              "--offline");

      assertThat(end(process)).isEqualTo(3);
      assertThat(err())
          .contains(
              "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": address already in use")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void endsWith3WhereTheDataFolderIsForeign() throws Exception {
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("letter.txt"), "dear");
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwx------"));
    Process process =
        start("--data-dir", foreign.toString(), "--listen", "127.0.0.1:0", "--offline");

    assertThat(end(process)).isEqualTo(3);
    assertThat(err()).contains("store-unusable").contains("letter.txt").doesNotContain("\tat ");
  }

  @Test
  void printsTheConfigurationAndItsPlaces() throws Exception {
    Process process = start("--print-config", "--mode", "audit");
    String out = out(process);

    assertThat(end(process)).isZero();
    assertThat(out).containsPattern("(?m)^mode +audit +# option --mode$");
  }

  @Test
  void reportsFormerNamesOnStandardError() throws Exception {
    Path file = Files.writeString(folder.resolve("m.toml"), "[webhooks]\ngive-up = \"2h\"\n");
    Process process = start("--print-config", "--config", file.toString());
    String out = out(process);

    assertThat(end(process)).isZero();
    assertThat(out).containsPattern("(?m)^webhooks.retry-for +2h +# ").doesNotContain("give-up");
    assertThat(Files.readString(folder.resolve("stderr")))
        .contains(":2:1: 'webhooks.give-up' is now 'webhooks.retry-for'; ");
  }
}
