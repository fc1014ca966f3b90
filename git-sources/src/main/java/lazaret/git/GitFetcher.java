package lazaret.git;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.api.ProblemException;
import org.jspecify.annotations.Nullable;

/// The fetch of one commit into an empty repository without a working tree. Thread-safe; blocks.
final class GitFetcher {
  private static final int MAX_CREDENTIALS = 64 << 10;

  private final GitProgram git;
  private final GitPlace way;
  private final @Nullable Path credentials;

  /// @param way has the proxy and the authorities
  /// @param credentials the file with a header for each host; null if there is none
  GitFetcher(GitProgram git, GitPlace way, @Nullable Path credentials) {
    this.git = git;
    this.way = way;
    this.credentials = credentials;
  }

  /// Fetches a commit. Its objects are there afterwards, whatever else the server sent.
  ///
  /// @param repository an empty folder
  /// @throws ProblemException `upstream-unavailable` if the server does not have the commit
  void fetch(GitAddress address, String commit, Path repository) {
    if (!GitAddress.isCommit(commit)) {
      throw new MalformedException("cannot fetch a commit: expected its full id");
    }
    Map<String, String> settings = settings(address.repository(), repository.resolveSibling(""));
    String format = commit.length() == 64 ? "--object-format=sha256" : "--object-format=sha1";
    run(
        repository,
        Map.of(),
        List.of("init", "--bare", "--quiet", "--template=", "--initial-branch=none", format, "."));
    String url = address.repository().toString();
    try {
      fetch(repository, settings, List.of("--depth=1"), List.of(url, commit));
      if (has(repository, commit)) {
        return;
      }
    } catch (ProblemException _) {
      // Some servers send no commit that they do not name, and some no shallow history.
    }
    fetch(repository, settings, List.of(), List.of(url, reference(address)));
    if (!has(repository, commit)) {
      throw new ProblemException(
          ErrorCode.UPSTREAM_UNAVAILABLE,
          "cannot fetch the commit %s: '%s' does not have it".formatted(commit, url));
    }
  }

  /// @param depth the options that limit the history
  private void fetch(
      Path repository, Map<String, String> settings, List<String> depth, List<String> what) {
    List<String> words = new ArrayList<>(List.of("fetch", "--quiet", "--no-tags"));
    words.addAll(List.of("--no-recurse-submodules", "--no-write-fetch-head"));
    words.addAll(depth);
    words.addAll(what);
    run(repository, settings, words);
  }

  private static String reference(GitAddress address) {
    return switch (address.kind()) {
      case DEFAULT -> "+HEAD:refs/lazaret/fetched";
      case BRANCH -> "+refs/heads/%s:refs/lazaret/fetched".formatted(address.reference());
      case TAG -> "+refs/tags/%s:refs/lazaret/fetched".formatted(address.reference());
      case REV -> "+refs/heads/*:refs/lazaret/heads/*";
    };
  }

  private boolean has(Path repository, String commit) {
    try {
      run(repository, Map.of(), List.of("cat-file", "-e", commit + "^{commit}"));
      return true;
    } catch (ProblemException _) {
      return false;
    }
  }

  private void run(Path repository, Map<String, String> settings, List<String> words) {
    var _ = git.run(repository, settings, words);
  }

  /// Returns the settings for a server. They are passed as variables and not as words, which other
  /// users of the machine can see.
  ///
  /// @param work a folder for a file with authorities
  Map<String, String> settings(URI repository, Path work) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "http.proxy", way.proxy().apply(repository.getHost()).map(URI::toString).orElse(""));
    try {
      way.authoritiesIn(work).ifPresent(file -> settings.put("http.sslCAInfo", file.toString()));
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.CONFIG_INVALID,
          "cannot read the certificate authorities for git: " + e.getMessage());
    }
    String host =
        repository.getHost() + (repository.getPort() < 0 ? "" : ":" + repository.getPort());
    String header = header(host);
    if (header != null) {
      settings.put("http.%s://%s/.extraHeader".formatted(repository.getScheme(), host), header);
    }
    return settings;
  }

  private @Nullable String header(String host) {
    if (credentials == null) {
      return null;
    }
    try {
      if (Files.size(credentials) > MAX_CREDENTIALS) {
        throw new IOException("it is longer than %d bytes".formatted(MAX_CREDENTIALS));
      }
      return Files.readAllLines(credentials, StandardCharsets.UTF_8).stream()
          .filter(line -> line.regionMatches(true, 0, host + " ", 0, host.length() + 1))
          .map(line -> line.substring(host.length() + 1).strip())
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.CONFIG_INVALID,
          "cannot read 'git-sources.credentials': " + e.getClass().getSimpleName());
    }
  }
}
