package lazaret.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.desk.api.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFetcherTest {
  private static final URI REPOSITORY = URI.create("https://Git.example.com/team/tool");

  @TempDir Path folder;

  private Map<String, String> settings(URI repository, List<Path> authorities) throws IOException {
    GitPlace place =
        new GitPlace(
            GitPlace.PROGRAM,
            folder,
            host ->
                host.endsWith(".example.com")
                    ? Optional.empty()
                    : Optional.of(URI.create("http://proxy.example.com:3128")),
            authorities);
    GitProgram git =
        new GitProgram(
            GitPlace.PROGRAM, folder, new GitProgram.Limits(Duration.ofMinutes(1), 1, 1, 1));
    Path credentials =
        Files.writeString(folder.resolve("credentials"), "git.example.com Authorization: Bearer x");
    return new GitFetcher(git, place, credentials).settings(repository, folder);
  }

  @Test
  void proxyIsChosenByTheHost() throws IOException {
    assertThat(settings(REPOSITORY, List.of())).containsEntry("http.proxy", "");
    assertThat(settings(URI.create("https://git.example.org/tool"), List.of()))
        .containsEntry("http.proxy", "http://proxy.example.com:3128");
  }

  @Test
  void allAuthoritiesAreInOneFile() throws IOException {
    Path system = Files.writeString(folder.resolve("system.pem"), "first");
    Path own = Files.writeString(folder.resolve("own.pem"), "second\n");

    assertThat(settings(REPOSITORY, List.of())).doesNotContainKey("http.sslCAInfo");
    assertThat(settings(REPOSITORY, List.of(own))).containsEntry("http.sslCAInfo", own.toString());
    String joined = settings(REPOSITORY, List.of(system, own)).getOrDefault("http.sslCAInfo", "");
    assertThat(Path.of(joined)).hasContent("first\nsecond\n\n");
    assertThatThrownBy(() -> settings(REPOSITORY, List.of(own, folder.resolve("missing.pem"))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("cannot read the certificate authorities for git");
  }

  @Test
  void credentialIsFoundWhateverTheCaseOfTheHost() throws IOException {
    assertThat(settings(REPOSITORY, List.of()))
        .containsEntry("http.https://Git.example.com/.extraHeader", "Authorization: Bearer x");
    assertThat(settings(URI.create("https://git.example.org/tool"), List.of()).keySet())
        .noneMatch(key -> key.endsWith("extraHeader"));
  }
}
