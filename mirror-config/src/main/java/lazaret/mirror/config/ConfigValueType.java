package lazaret.mirror.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lazaret.mirror.outbound.AddressBlock;
import lazaret.signin.IssuerAddress;
import lazaret.vetting.Durations;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.text.SizeText;

/// The type of a key's value.
///
/// @param <T> the type in Java
/// @param name the name in the documentation
/// @param toml the type in a TOML file
/// @param reader parses the text; throws [IllegalArgumentException] with the expected form
record ConfigValueType<T>(String name, Toml toml, Reader<T> reader) {

  private static final String OR = " or ";

  /// Returns the words that the value is one of. Empty if it is not one of a few words.
  List<String> choices() {
    boolean words = name.contains(OR) && name.chars().noneMatch(Character::isUpperCase);
    return words && toml == Toml.STRING ? List.of(name.split(OR)) : List.of();
  }

  /// The kinds of TOML values that keys accept.
  enum Toml {
    STRING,
    BOOLEAN,
    INTEGER,
    /// A string with a unit, or an integer without one as bytes.
    STRING_OR_INTEGER,
    ARRAY_OF_STRINGS,
    /// The tables `[[sign-in.role]]`.
    ARRAY_OF_ROLES
  }

  /// A parser of text. Relative paths are resolved against `base`.
  interface Reader<T> {
    T read(String text, Path base);
  }

  /// The word for the public registry.
  static final String CRATES_IO = "crates.io";

  static final ConfigValueType<String> TEXT =
      new ConfigValueType<>("text", Toml.STRING, (text, _) -> printable(text));
  static final ConfigValueType<Boolean> FLAG =
      new ConfigValueType<>("true or false", Toml.BOOLEAN, (text, _) -> flag(text));
  static final ConfigValueType<Duration> DURATION =
      new ConfigValueType<>("duration", Toml.STRING, (text, _) -> Durations.parse(text));
  static final ConfigValueType<Long> SIZE =
      new ConfigValueType<>("size", Toml.STRING_OR_INTEGER, (text, _) -> SizeText.parse(text));
  static final ConfigValueType<Path> PATH =
      new ConfigValueType<>("path", Toml.STRING, ConfigValueType::path);
  static final ConfigValueType<Endpoint> ENDPOINT =
      new ConfigValueType<>("HOST:PORT", Toml.STRING, (text, _) -> Endpoint.parse(text));
  static final ConfigValueType<UpstreamLocation> PLACE =
      new ConfigValueType<>("URL or folder", Toml.STRING, ConfigValueType::location);
  static final ConfigValueType<URI> ORIGIN =
      new ConfigValueType<>("URL", Toml.STRING, (text, _) -> origin(text));
  static final ConfigValueType<URI> URL =
      new ConfigValueType<>("URL", Toml.STRING, (text, _) -> url(text));
  static final ConfigValueType<List<String>> TEXTS =
      new ConfigValueType<>("list of texts", Toml.ARRAY_OF_STRINGS, (text, _) -> texts(text));

  static final ConfigValueType<List<String>> URLS =
      new ConfigValueType<>(
          "list of URLs",
          Toml.ARRAY_OF_STRINGS,
          (text, _) -> texts(text).stream().map(one -> url(one).toString()).toList());

  static final ConfigValueType<List<String>> BLOCKS =
      new ConfigValueType<>("list of addresses", Toml.ARRAY_OF_STRINGS, (text, _) -> blocks(text));

  static final ConfigValueType<IssuerAddress> ISSUER =
      new ConfigValueType<>("URL", Toml.STRING, (text, _) -> issuer(text));

  static final ConfigValueType<List<SignInRole>> ROLES =
      new ConfigValueType<>(
          "tables", Toml.ARRAY_OF_ROLES, (text, _) -> SignInRolesJson.parse(text));

  static ConfigValueType<Integer> count(int min, int max) {
    return new ConfigValueType<>("number", Toml.INTEGER, (text, _) -> number(text, min, max));
  }

  static <E extends Enum<E>> ConfigValueType<E> choice(Class<E> type) {
    List<String> words =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    String name = String.join(OR, words);
    return new ConfigValueType<>(
        name,
        Toml.STRING,
        (text, _) -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException("expected " + name);
          }
          return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
  }

  private static String printable(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= ' ' && c != 0x7f)) {
      throw new IllegalArgumentException("expected text without control characters");
    }
    return text;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static int number(String text, int min, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a number out of range
    }
    throw new IllegalArgumentException("expected a number from " + min + " to " + max);
  }

  private static Path path(String text, Path base) {
    try {
      return base.resolve(printable(text)).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path", e);
    }
  }

  private static UpstreamLocation location(String text, Path base) {
    if (text.equals(CRATES_IO)) {
      return new UpstreamLocation.Registry(URI.create(CratesIo.INDEX));
    }
    String bare = text.startsWith("sparse+") ? text.substring("sparse+".length()) : text;
    if (bare.startsWith("http://") || bare.startsWith("https://")) {
      URI url = url(bare);
      if (url.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "expected an address without a password in it; name a file with fetch.token-file");
      }
      return new UpstreamLocation.Registry(bare.endsWith("/") ? url : URI.create(bare + "/"));
    }
    if (bare.contains("://")) {
      throw new IllegalArgumentException("expected an http or https address, or a folder");
    }
    return new UpstreamLocation.Folder(path(bare, base));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // reported below, like an address of another scheme
    }
    throw new IllegalArgumentException("expected an address that begins with http:// or https://");
  }

  private static URI origin(String text) {
    URI url = url(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    if (!url.getRawPath().isEmpty()
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "expected scheme, host and port only, like https://crates.example.org");
    }
    return url;
  }

  private static IssuerAddress issuer(String text) {
    try {
      return IssuerAddress.parse(text);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(
          "expected an https address without query, or http on a loopback host", e);
    }
  }

  private static List<String> blocks(String text) {
    List<String> blocks = texts(text);
    var _ = AddressBlock.all(blocks);
    return blocks;
  }

  private static List<String> texts(String text) {
    List<String> texts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        texts.add(printable(part.strip()));
      }
    }
    return List.copyOf(texts);
  }
}
