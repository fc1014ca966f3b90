package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.hosting.HostingSettings;
import lazaret.vetting.hosting.manifest.RegistryAddresses;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;

/// The keys under `[private]`.
final class PrivateConfigKeys {
  /// The largest archive; it is in heap as a whole.
  private static final long LARGEST = 256L << 20;

  private static final Set<String> METADATA =
      Set.of("description", "license", "repository", "documentation");

  static final ConfigKey<List<String>> NAMES =
      new ConfigKey<>(
          "private.names",
          ConfigValueType.TEXTS,
          "",
          null,
          "Names for private crates, with at most one `*` each: `acme-*`. Such a name is never"
              + " requested from upstream. Without them, and without `private.other-names`, the"
              + " private registry is off. `docs/private.md`.");
  static final ConfigKey<List<String>> RESERVED =
      new ConfigKey<>(
          "private.reserved",
          ConfigValueType.TEXTS,
          "",
          null,
          "Names, with at most one `*` each, that are neither published nor requested.");
  static final ConfigKey<List<String>> EXCEPTIONS =
      new ConfigKey<>(
          "private.public-exceptions",
          ConfigValueType.TEXTS,
          "",
          null,
          "Public names that one of the other patterns matches by chance. A private crate stays"
              + " private.");
  static final ConfigKey<Boolean> OTHER_NAMES =
      new ConfigKey<>(
          "private.other-names",
          ConfigValueType.FLAG,
          "false",
          null,
          "Permit private crates with other names, if `private.name-list`, or the list that"
              + " `follow.dump` fetches, does not have them.");
  static final ConfigKey<Path> NAME_LIST =
      new ConfigKey<>(
          "private.name-list",
          ConfigValueType.PATH,
          null,
          null,
          "File with all names of the public registry, one in each line, at most three days old."
              + " Without it, the list that `follow.dump` fetches counts.");
  static final ConfigKey<URI> PUBLIC_URL =
      new ConfigKey<>(
          "private.public-url",
          ConfigValueType.ORIGIN,
          null,
          null,
          "Address of the server that is in the manifests of private crates permanently. Default:"
              + " `public-url`.");
  static final ConfigKey<List<String>> FORMER =
      new ConfigKey<>(
          "private.former-addresses",
          ConfigValueType.TEXTS,
          "",
          null,
          "Other addresses of an index that mean this registry, in manifests and lockfiles, as those"
              + " of a registry whose crates were imported. `vetting-cli private import` lists the"
              + " ones that are missing.");
  static final ConfigKey<Boolean> AUTH =
      new ConfigKey<>(
          "private.auth-required",
          ConfigValueType.FLAG,
          "true",
          null,
          "Reading private crates needs a token with the role `reader`; with `auth-required`"
              + " always.");
  static final ConfigKey<Long> MAX_SIZE =
      new ConfigKey<>(
          "private.max-size",
          ConfigValueType.SIZE,
          "10MiB",
          null,
          "Largest archive that is published, at most 256MiB.");
  static final ConfigKey<List<String>> LARGER =
      new ConfigKey<>(
          "private.larger",
          ConfigValueType.TEXTS,
          "",
          null,
          "Crates with another limit than `private.max-size`, as `NAME=SIZE`.");
  static final ConfigKey<List<String>> REQUIRED =
      new ConfigKey<>(
          "private.required-metadata",
          ConfigValueType.TEXTS,
          "",
          null,
          "Fields that the manifest of a published version must have: `description`, `license` (or"
              + " `license-file`), `repository`, `documentation`.");

  /// All keys, in the order of the documentation.
  static final List<ConfigKey<?>> ALL =
      List.of(
          NAMES,
          RESERVED,
          EXCEPTIONS,
          OTHER_NAMES,
          NAME_LIST,
          PUBLIC_URL,
          FORMER,
          AUTH,
          MAX_SIZE,
          LARGER,
          REQUIRED);

  private PrivateConfigKeys() {}

  /// Collects the settings of the private registry.
  static HostingSettings hosting(ConfigSettings settings) {
    return new HostingSettings(
        new RegistryAddresses(addresses(settings)),
        new HostingSettings.Sizes(
            (int) Math.min(LARGEST, settings.value(MAX_SIZE)), larger(settings.value(LARGER))),
        settings.value(REQUIRED),
        new PatternOrigins(
            patterns(settings.value(NAMES)),
            patterns(settings.value(RESERVED)),
            patterns(settings.value(EXCEPTIONS))),
        settings.value(OTHER_NAMES),
        settings.value(AUTH) || settings.value(ConfigKeys.AUTH_REQUIRED),
        settings.orNull(NAME_LIST));
  }

  private static List<String> addresses(ConfigSettings settings) {
    List<String> all = new ArrayList<>();
    URI root = root(settings);
    if (root != null) {
      String text = root.toString();
      all.add((text.endsWith("/") ? text : text + "/") + "private/index/");
    }
    all.addAll(settings.value(FORMER));
    return all;
  }

  private static @Nullable URI root(ConfigSettings settings) {
    URI own = settings.orNull(PUBLIC_URL);
    return own == null ? settings.orNull(ConfigKeys.PUBLIC_URL) : own;
  }

  private static List<CratePattern> patterns(List<String> texts) {
    return texts.stream().map(CratePattern::new).toList();
  }

  private static Map<String, Integer> larger(List<String> texts) {
    Map<String, Integer> sizes = new HashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new MalformedException("cannot read '%s': expected NAME=SIZE".formatted(text));
      }
      long size = SizeText.parse(text.substring(equals + 1).strip());
      if (size < 1 || size > LARGEST) {
        throw new MalformedException(
            "cannot use '%s': expected at least 1 byte and at most 256MiB".formatted(text));
      }
      sizes.put(
          CrateName.parse(text.substring(0, equals).strip()).collisionKey(), Math.toIntExact(size));
    }
    return sizes;
  }

  /// Checks the keys against each other.
  ///
  /// @param mistake receives the key and the text of each mistake
  static void check(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    for (ConfigKey<List<String>> key : List.of(NAMES, RESERVED, EXCEPTIONS)) {
      check(key, () -> patterns(settings.value(key)), mistake);
    }
    check(LARGER, () -> larger(settings.value(LARGER)), mistake);
    for (String former : settings.value(FORMER)) {
      if (!former.contains("://") || RegistryAddresses.isPublic(former)) {
        mistake.accept(
            FORMER,
            "'private.former-addresses' has '%s': expected the address of an index of your own, like sparse+https://old.example/index/"
                .formatted(ConfigSettings.shown(former)));
      }
    }
    if (settings.value(MAX_SIZE) > LARGEST || settings.value(MAX_SIZE) < 1) {
      mistake.accept(MAX_SIZE, "'private.max-size' must be at least 1 byte and at most 256MiB");
    }
    Stream<String> unknown =
        settings.value(REQUIRED).stream().filter(each -> !METADATA.contains(each));
    unknown.forEach(
        each ->
            mistake.accept(
                REQUIRED,
                "'private.required-metadata' has '%s': expected description, license, repository or documentation"
                    .formatted(each)));
    boolean on = settings.value(OTHER_NAMES) || !settings.value(NAMES).isEmpty();
    if (settings.value(OTHER_NAMES) && settings.orNull(NAME_LIST) == null && !dumps(settings)) {
      mistake.accept(
          OTHER_NAMES,
          "'private.other-names' needs 'private.name-list', or 'follow.mode' with 'follow.dump'");
    }
    if (on && root(settings) == null) {
      mistake.accept(
          PUBLIC_URL,
          "private crates need 'public-url' or 'private.public-url': the address stays in their manifests");
    }
  }

  /// Returns whether the gate fetches a list of all public names.
  private static boolean dumps(ConfigSettings settings) {
    return settings.value(FollowConfigKeys.MODE) != FollowMode.OFF
        && settings.value(FollowConfigKeys.DUMP);
  }

  private static void check(
      ConfigKey<?> key, Supplier<?> reading, BiConsumer<ConfigKey<?>, String> mistake) {
    try {
      var _ = reading.get();
    } catch (MalformedException | IllegalArgumentException e) {
      mistake.accept(key, "'%s': %s".formatted(key.name(), e.getMessage()));
    }
  }
}
