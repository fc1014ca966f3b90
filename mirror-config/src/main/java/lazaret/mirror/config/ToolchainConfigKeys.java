package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import lazaret.git.GitSourceSettings;
import lazaret.toolchain.ToolchainSettings;
import lazaret.vetting.MalformedException;

/// The keys under `[toolchains]` and `[git-sources]`.
final class ToolchainConfigKeys {
  static final ConfigKey<URI> SOURCE =
      new ConfigKey<>(
          "toolchains.source",
          ConfigValueType.URL,
          ToolchainSettings.PUBLIC.toString(),
          null,
          "Address of the folder that contains `dist`, from which toolchains are fetched."
              + " `docs/toolchains.md`.");
  static final ConfigKey<Path> KEY =
      new ConfigKey<>(
          "toolchains.key",
          ConfigValueType.PATH,
          null,
          null,
          "File with the armored OpenPGP keys whose signatures on manifests are accepted, in place"
              + " of the built-in key of the Rust project.");
  static final ConfigKey<Boolean> OPEN =
      new ConfigKey<>(
          "toolchains.open",
          ConfigValueType.FLAG,
          "true",
          null,
          "Serve toolchains to rustup without a token. With `false`, the address that"
              + " `RUSTUP_DIST_SERVER` names has a token as its password.");
  static final ConfigKey<List<String>> CHANNELS =
      new ConfigKey<>(
          "toolchains.channels",
          ConfigValueType.TEXTS,
          "",
          null,
          "Channels that are looked at once a day, each as `CHANNEL targets=TARGET+TARGET"
              + " profile=minimal components=NAME`, with ` automatic` at its end if a newer one is"
              + " admitted without a person.");
  static final ConfigKey<List<String>> GIT_HOSTS =
      new ConfigKey<>(
          "git-sources.hosts",
          ConfigValueType.TEXTS,
          "",
          null,
          "Hosts whose Git repositories may be fetched, as `HOST` or `HOST:PORT`. Without one, no"
              + " Git source is admitted. `docs/git-sources.md`.");
  static final ConfigKey<Boolean> GIT_CLEAN =
      new ConfigKey<>(
          "git-sources.approve-clean",
          ConfigValueType.FLAG,
          "false",
          null,
          "Approve a Git source without a signal that asks for a review without a person.");
  static final ConfigKey<Path> GIT_CREDENTIALS =
      new ConfigKey<>(
          "git-sources.credentials",
          ConfigValueType.PATH,
          null,
          null,
          "File with a line `HOST HEADER` for each host that needs a credential, such as"
              + " `git.example.com Authorization: Bearer SECRET`.");
  static final ConfigKey<Long> GIT_MAX_SIZE =
      new ConfigKey<>(
          "git-sources.max-size",
          ConfigValueType.SIZE,
          "2GiB",
          null,
          "Largest repository that is fetched, on disk.");

  /// All keys, in the order of the documentation.
  static final List<ConfigKey<?>> ALL =
      List.of(SOURCE, KEY, OPEN, CHANNELS, GIT_HOSTS, GIT_CLEAN, GIT_CREDENTIALS, GIT_MAX_SIZE);

  private ToolchainConfigKeys() {}

  /// Collects the settings of toolchains. A server that is offline looks at no channel.
  static ToolchainSettings toolchains(ConfigSettings settings) {
    String source = settings.value(SOURCE).toString();
    List<ToolchainSettings.Followed> channels = new ArrayList<>();
    if (!settings.value(ConfigKeys.OFFLINE)) {
      for (String text : settings.value(CHANNELS)) {
        channels.add(ToolchainSettings.Followed.parse(text));
      }
    }
    return new ToolchainSettings(
        URI.create(source.endsWith("/") ? source : source + "/"),
        settings.orNull(KEY),
        settings.value(OPEN),
        channels);
  }

  /// Collects the settings of Git sources. A server that is offline asks no host.
  static GitSourceSettings gitSources(ConfigSettings settings) {
    return new GitSourceSettings(
        settings.value(ConfigKeys.OFFLINE) ? List.of() : settings.value(GIT_HOSTS),
        settings.value(GIT_CLEAN),
        settings.orNull(GIT_CREDENTIALS),
        settings.value(GIT_MAX_SIZE));
  }

  /// Checks the keys against each other.
  ///
  /// @param mistake receives the key and the text of each mistake
  static void check(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    if (settings.value(SOURCE).getRawUserInfo() != null
        || settings.value(SOURCE).getRawQuery() != null) {
      mistake.accept(SOURCE, "'toolchains.source' has no credentials and no query");
    }
    Set<String> names = new HashSet<>();
    for (String text : settings.value(CHANNELS)) {
      try {
        String name = ToolchainSettings.Followed.parse(text).selection().channel();
        if (!names.add(name)) {
          mistake.accept(
              CHANNELS,
              "'toolchains.channels' has '%s' twice; name all of its targets in one text"
                  .formatted(name));
        }
      } catch (MalformedException e) {
        mistake.accept(CHANNELS, "'toolchains.channels': " + e.getMessage());
      }
    }
    Path file = settings.orNull(KEY);
    if (file != null) {
      try {
        var _ = ToolchainSettings.read(file);
      } catch (MalformedException e) {
        mistake.accept(KEY, "'toolchains.key': " + e.getMessage());
      }
    }
    for (String host : settings.value(GIT_HOSTS)) {
      if (!GitSourceSettings.isHost(host)) {
        mistake.accept(GIT_HOSTS, "'git-sources.hosts' has HOST or HOST:PORT, found another text");
      }
    }
  }
}
