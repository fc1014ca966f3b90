package lazaret.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lazaret.cli.desk.CliException;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.toml.TomlStringWriter;
import org.jspecify.annotations.Nullable;

/// The settings of the gate of the command `run` that a user can choose. A project chooses none of
/// them.
///
/// @param policy the absolute path of the policy file; null for the built-in policy
/// @param feeds `default`, `none`, or the place of a list of advisories in addition, as an absolute
///   path or an address
/// @param upstream the source of crates
record RunSettings(@Nullable Path policy, String feeds, RunUpstream upstream) {
  static final String DEFAULT = "default";
  static final String NONE = "none";
  private static final int KEY_LENGTH = 8;

  /// Checks the options for the policy and upstream, before the store is opened.
  ///
  /// @throws CliException if a file cannot be read, or a token has no address to be sent to
  void check() {
    requireFile("--policy", policy);
    requireFile("--upstream-ca or SSL_CERT_FILE", upstream.ca());
    requireFile("--upstream-token-file", upstream.tokenFile());
    if (upstream.tokenFile() != null && upstream.place() == null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --upstream-token-file: expected the address of its gate or mirror, found"
              + " none; name it with --upstream");
    }
  }

  /// Refuses a token that a build can read.
  ///
  /// @param project the folder that is visible to the build, with links resolved
  void requireHidden(Path project) {
    Path token = upstream.tokenFile();
    try {
      if (token != null && token.toRealPath().startsWith(project)) {
        throw new CliException(
            ErrorCode.CONFIG_INVALID,
            "cannot use --upstream-token-file: expected a file outside of the project, found '%s', which the build can read; move it"
                .formatted(token));
      }
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --upstream-token-file: " + PrivateFiles.describe(e),
          e);
    }
  }

  private static void requireFile(String option, @Nullable Path file) {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use %s: expected a file that can be read, found none in '%s'; correct the path"
              .formatted(option, file));
    }
  }

  /// Returns the configuration of the gate, in the form of `mirror.toml`.
  String configuration() {
    StringBuilder text = new StringBuilder(512);
    text.append("# The settings of 'vetting-cli run', which writes this file at each check.\n");
    text.append("listen = \"127.0.0.1:0\"\nauth-required = true\n");
    line(text, "policy-file", policy);
    line(text, "upstream", upstream.place());
    text.append("\n[access-log]\nfile = \"off\"\n\n[feeds]\n");
    switch (feeds) {
      case DEFAULT -> {}
      case NONE -> text.append("osv = \"off\"\nrustsec = \"off\"\n");
      default -> line(text, "local", feeds);
    }
    text.append("\n[fetch]\n");
    line(text, "ca", upstream.ca());
    line(text, "token-file", upstream.tokenFile());
    return text.toString();
  }

  private static void line(StringBuilder text, String key, @Nullable Object value) {
    if (value != null) {
      text.append(key).append(" = ").append(TomlStringWriter.string(value.toString())).append('\n');
    }
  }

  /// Returns the name of the folder for these settings, or empty for the usual settings. A store
  /// keeps what one policy, one set of feeds and one upstream gave it, so that others need another
  /// store. Authorities and tokens change nothing in it.
  Optional<String> key() {
    String place = upstream.place();
    if (policy == null && place == null && feeds.equals(DEFAULT)) {
      return Optional.empty();
    }
    String text = String.join("\0", String.valueOf(policy), feeds, String.valueOf(place));
    return Optional.of(Sha256.of(Bytes.utf8(text)).hex().substring(0, KEY_LENGTH));
  }

  /// Returns the file of the list of advisories, or empty if it is not a file of this machine.
  Optional<Path> list() {
    return feeds.equals(DEFAULT) || feeds.equals(NONE) || feeds.contains("://")
        ? Optional.empty()
        : Optional.of(Path.of(feeds)).filter(Files::isRegularFile);
  }

  /// Returns a text that changes with the settings and with the content of their files.
  ///
  /// @throws IOException if a file cannot be read
  String content() throws IOException {
    Path file = list().orElse(null);
    return String.join(
        "\n",
        key().orElse(""),
        policy == null ? "" : digest(policy),
        file == null ? "" : digest(file));
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.digestOf(in).hex();
    }
  }
}
