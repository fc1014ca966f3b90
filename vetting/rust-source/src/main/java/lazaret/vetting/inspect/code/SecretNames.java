package lazaret.vetting.inspect.code;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;

/// Names of secret values, of calls that return them, and of operations that make them harmless.
public final class SecretNames {
  /// The origins of valuable data.
  public static final int ALL =
      ValueOrigin.SECRET | ValueOrigin.CREDENTIAL | ValueOrigin.ENVIRONMENT | ValueOrigin.CLIPBOARD;

  /// The origins that a signature or a digest removes.
  public static final int SEALED =
      ValueOrigin.SECRET
          | ValueOrigin.PASSWORD
          | ValueOrigin.CREDENTIAL
          | ValueOrigin.MACHINE
          | ValueOrigin.USER;

  private static final List<String> PARTS =
      List.of(
          "mnemonic",
          "seed_phrase",
          "seedphrase",
          "seed_words",
          "recovery_phrase",
          "secret_phrase",
          "private_key",
          "privatekey",
          "privkey",
          "priv_key",
          "secret_key",
          "secretkey",
          "signing_key",
          "spend_key",
          "master_key",
          "master_seed",
          "wallet_seed",
          "secret_bytes",
          "keypair_bytes",
          "passphrase",
          "keystore",
          "xprv",
          "xpriv");
  private static final Set<String> WHOLE =
      Set.of(
          "seed",
          "seed_bytes",
          "phrase",
          "wif",
          "secret",
          "secrets",
          "to_base58_string",
          "cvv",
          "card_number");
  private static final Set<String> PUBLIC =
      Set.of("public_key_and_secret", "use_passphrase", "no_passphrase", "seed_from_u64");
  private static final Set<String> PASSWORDS = Set.of("password", "passwd", "pwd", "client_secret");
  private static final Map<String, Integer> MACHINE =
      Map.ofEntries(
          Map.entry("gethostname", ValueOrigin.MACHINE),
          Map.entry("hostname", ValueOrigin.MACHINE),
          Map.entry("host_name", ValueOrigin.MACHINE),
          Map.entry("nodename", ValueOrigin.MACHINE),
          Map.entry("mac_address", ValueOrigin.MACHINE),
          Map.entry("machine_uid", ValueOrigin.MACHINE),
          Map.entry("whoami", ValueOrigin.USER),
          Map.entry("username", ValueOrigin.USER),
          Map.entry("realname", ValueOrigin.USER),
          Map.entry("get_current_username", ValueOrigin.USER),
          Map.entry("current_dir", ValueOrigin.FOLDER),
          Map.entry("current_exe", ValueOrigin.FOLDER));

  /// The origins that identify the machine and its user.
  public static final int PLACE = ValueOrigin.MACHINE | ValueOrigin.USER | ValueOrigin.FOLDER;

  private static final Pattern DEVICES =
      Pattern.compile(
          "/dev/+(?:input(?:/|$)|snd(?:/|$)|fb[0-9]|hidraw|video[0-9]|vcs|uinput|dri/)"
              + "|/sys/class/+(?:input|hidraw|video4linux|sound)|/proc/bus/+input");

  private static final Pattern DOTENV = Pattern.compile("(?:^|/)\\.env(?:$|[.{])");

  public static final Set<String> CLIPBOARD =
      Set.of("get_text", "get_contents", "get_string", "get_clipboard");
  private static final Set<String> WALKS =
      Set.of("read_dir", "WalkDir", "walkdir", "glob", "jwalk", "walk_dir");
  private static final Set<String> FETCHES =
      Set.of("fetch", "download", "http_get", "fetch_text", "fetch_bytes", "download_to");

  /// Parts of paths and variables for secrets that libraries rarely name.
  static final List<String> PLACES =
      List.of(
          ".ssh",
          "id_rsa",
          "id_ed25519",
          ".aws",
          ".netrc",
          ".npmrc",
          ".pypirc",
          ".git-credentials",
          ".docker/config",
          ".kube",
          "secrets/kubernetes.io",
          "/run/secrets/",
          ".cargo/credentials",
          ".gnupg",
          "/etc/shadow",
          "/etc/passwd",
          "wallet.dat",
          "solana/id.json",
          "keystore",
          ".electrum",
          ".ethereum",
          ".bitcoin",
          "login data",
          "logins.json",
          "key4.db",
          "cookies.sqlite",
          "_history",
          "identityfile",
          "system-connections",
          "wpa_supplicant",
          "/etc/sudoers",
          "/etc/ssh/ssh_host",
          "consolehost_history",
          ".pgpass",
          ".my.cnf",
          ".config/gh",
          ".config/gcloud",
          ".azure",
          ".terraform.d",
          ".vault-token",
          ".m2/settings",
          ".gem/credentials",
          ".config/rclone",
          ".local/share/keyrings",
          "web data",
          "local state",
          "/environ",
          "secret_access_key",
          "github_token",
          "registry_token",
          "npm_token",
          "private_key",
          "secret_key",
          "mnemonic",
          "seed_phrase");

  /// Calls whose result does not reveal their arguments.
  static final List<String> SEALS =
      List.of(
          "sign",
          "hash",
          "digest",
          "hmac",
          "encrypt",
          "pubkey",
          "public_key",
          "verify",
          "seal",
          "sha256",
          "sha512",
          "blake",
          "keccak",
          "derive",
          "new_from_seed",
          "len",
          "is_empty",
          "zeroize",
          "address");

  private static final Map<String, Integer> VARIABLES =
      Map.of(
          "USER", ValueOrigin.USER,
          "USERNAME", ValueOrigin.USER,
          "LOGNAME", ValueOrigin.USER,
          "HOSTNAME", ValueOrigin.MACHINE,
          "COMPUTERNAME", ValueOrigin.MACHINE);

  private SecretNames() {}

  /// Returns the texts of which each path or variable for secrets contains one.
  static List<String> locations() {
    return Stream.concat(PLACES.stream(), Stream.of(".env")).toList();
  }

  /// Returns the names of calls that fetch data.
  static List<String> calls() {
    return Stream.concat(Stream.of("vars", "vars_os"), FETCHES.stream()).sorted().toList();
  }

  /// Returns the texts of which each name with an origin contains one.
  static List<String> names() {
    return Stream.of(PARTS, WHOLE, PASSWORDS, MACHINE.keySet(), CLIPBOARD, WALKS)
        .flatMap(Collection::stream)
        .sorted()
        .toList();
  }

  /// Returns the origins of a name by itself.
  public static int ofName(String word) {
    if (word.length() < 3 || !Need.SECRET.in(PatternPrefilter.of(word))) {
      return 0;
    }
    String name = word.toLowerCase(Locale.ROOT);
    boolean constantOrValue = word.equals(name) || word.equals(word.toUpperCase(Locale.ROOT));
    int all = 0;
    if (constantOrValue && !PUBLIC.contains(name)) {
      if (WHOLE.contains(name) || PARTS.stream().anyMatch(name::contains)) {
        all |= ValueOrigin.SECRET;
      } else if (PASSWORDS.contains(name)) {
        all |= ValueOrigin.PASSWORD;
      }
    }
    all |= MACHINE.getOrDefault(word, 0);
    if (CLIPBOARD.contains(word)) {
      all |= ValueOrigin.CLIPBOARD;
    } else if (WALKS.contains(word)) {
      all |= ValueOrigin.WALKED;
    }
    return all;
  }

  /// Returns the origins of the result of a function, by its name.
  public static int ofCall(String word) {
    if (word.equals("vars") || word.equals("vars_os")) {
      return ValueOrigin.ENVIRONMENT;
    }
    return FETCHES.contains(word) ? ValueOrigin.RECEIVED : 0;
  }

  /// Returns the origins of a text that is a path or the name of a variable.
  public static int ofText(String text) {
    if (text.length() < 4 || text.contains("://")) {
      return 0;
    }
    int device = text.charAt(0) == '/' ? ofDevice(text) : 0;
    if (device != 0) {
      return device;
    }
    if (!Need.CREDENTIAL.in(PatternPrefilter.of(text))) {
      return 0;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.indexOf(' ') >= 0
        && !lower.contains("login data")
        && !lower.contains("web data")
        && !lower.contains("local s")) {
      return 0;
    }
    boolean settings = DOTENV.matcher(lower).find();
    return settings || PLACES.stream().anyMatch(lower::contains) ? ValueOrigin.CREDENTIAL : 0;
  }

  /// Returns the origin of a path to devices of a user.
  public static int ofDevice(String text) {
    boolean device =
        text.contains("/dev") || text.contains("/sys/class") || text.contains("/proc/bus");
    String path = device ? text.replace(ConstantTexts.BETWEEN, '/') : "";
    return device && DEVICES.matcher(path).find() ? ValueOrigin.DEVICE : 0;
  }

  /// Returns the origins of an environment variable in addition to [ValueOrigin#ofVariable].
  public static int ofVariable(String name) {
    boolean table = name.isEmpty() || name.indexOf(ConstantTexts.UNKNOWN) >= 0;
    boolean several = name.indexOf(ConstantTexts.BETWEEN) >= 0;
    int all = table || several ? ValueOrigin.ENVIRONMENT : 0;
    return all | VARIABLES.getOrDefault(name, 0) | ofText(name);
  }

  /// Returns whether a call hides the secrets in its arguments.
  public static boolean seals(String word) {
    if (!Need.SEAL.in(PatternPrefilter.of(word))) {
      return false;
    }
    String name = word.toLowerCase(Locale.ROOT);
    return SEALS.stream()
        .anyMatch(seal -> seal.length() > 4 ? name.contains(seal) : parts(name, seal));
  }

  private static boolean parts(String name, String part) {
    return name.equals(part) || name.startsWith(part + "_") || name.endsWith("_" + part);
  }
}
