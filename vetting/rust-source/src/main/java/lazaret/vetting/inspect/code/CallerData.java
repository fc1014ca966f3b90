package lazaret.vetting.inspect.code;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.reach.ValueLinks;

/// Valuable data that callers give to a crate, or that it asks for.
///
/// The data belongs only to them and its service. It is recognized by names, types, calls,
/// variables and headers, and mapped to the flow sources of [ValueLinks].
public final class CallerData {
  /// Names of secrets that are sent only to what they open, and that no service asks for.
  private static final Set<String> STRONG =
      Set.of(
          ("database_url db_url dsn connection_string conn_string connection_url conn_str jdbc_url"
                  + " jwt_secret signing_secret webhook_secret encryption_key master_password"
                  + " totp_secret otp_secret recovery_code recovery_codes shared_secret keypair"
                  + " key_pair vault_password ssh_key private_pem key_material root_key wrapping_key"
                  + " master_seed wallet_seed seed_words plaintext cleartext decrypted passcode")
              .split(" ", -1));

  private static final Set<String> TOKENS =
      Set.of(
          ("token api_key apikey access_key password passwd pwd pass credential credentials creds"
                  + " bearer jwt cookie cookies session_id license_key authorization auth_header"
                  + " secret client_secret app_secret pat api_secret session_cookie")
              .split(" ", -1));
  private static final Pattern NO_TOKEN =
      Pattern.compile("page|next|continu|cancel|sync|max_|cursor|resume|shutdown|_count");

  private static final Set<String> STRONG_TYPES =
      Set.of(
          ("SigningKey SecretKey PrivateKey Keypair KeyPair StaticSecret Mnemonic ExtendedPrivKey"
                  + " ExtendedPrivateKey Xpriv XPrv EncodingKey RsaPrivateKey PrivateKeyDer"
                  + " PrivatePkcs8KeyDer LocalWallet LocalSigner PrivateKeySigner Ed25519KeyPair"
                  + " EcdsaKeyPair SecretScalar MasterKey SeedPhrase SecretPhrase Seed")
              .split(" ", -1));
  private static final Set<String> TOKEN_TYPES =
      Set.of(
          ("SecretString SecretVec SecretBox Secret Credentials Token ApiKey Password AccessToken"
                  + " Zeroizing")
              .split(" ", -1));

  private static final Set<String> STRONG_CALLS =
      Set.of(
          ("to_keypair_bytes secret_bytes to_secret_bytes to_scalar_bytes private_key_bytes"
                  + " to_pkcs8_pem to_pkcs8_der private_key_to_pem private_key_to_pem_pkcs8"
                  + " private_key_to_der display_secret to_wif secret_key_bytes to_base58_string"
                  + " GetAsyncKeyState get_keys capture_image capture_area to_seed phrase"
                  + " as_secret_bytes expose_seed")
              .split(" ", -1));
  private static final Set<String> TOKEN_CALLS =
      Set.of(
          ("expose_secret read_password prompt_password prompt_password_stdout get_password"
                  + " get_secret unsecure reveal")
              .split(" ", -1));

  private static final Pattern SECRET_VARIABLE =
      Pattern.compile(
          "(?i)token|secret|passw|api_?key|access_?key|private|credential|database_url|_dsn$|_pat$|_key$"
              + "|_auth$|mnemonic|seed");
  private static final Pattern HEADER =
      Pattern.compile("(?i)^(?:proxy-)?authorization$|^cookie$|^x-(?:api-key|auth-token)$");
  private static final Pattern PLAIN =
      Pattern.compile(
          "^(?:is_\\w+|ct_eq|eq|count|contains\\w*|starts_with|ends_with|exists|verif\\w*)$");
  private static final Set<String> GENERIC =
      Set.of(
          ("token secret access api key auth password passwd pass url id repo registry user client"
                  + " app dev prod bot webhook database private credential credentials pat dsn my the"
                  + " default service session master signing encryption seed mnemonic")
              .split(" ", -1));

  private static final Set<String> KEYS =
      Set.of("key", "sk", "secret", "entropy", "scalar", "private", "priv_key", "words", "master");
  private static final Set<String> RANDOM =
      Set.of("rand", "OsRng", "thread_rng", "getrandom", "fill_bytes", "random", "generate");

  private static final Set<String> DECODES =
      Set.of(
          "decode",
          "from_base64",
          "unhex",
          "from_hex",
          "decode_config",
          "b64_decode",
          "hex_decode",
          "decode_to_vec",
          "decode_vec",
          "decode_slice");

  /// Words in searches of texts for secrets.
  private static final Pattern SOUGHT =
      Pattern.compile(
          "(?i)passw|secret|token|api.?key|private.?key|mnemonic|seed|bearer|authorization|AKIA|ghp_"
              + "|sk_live|BEGIN|credential");

  private static final Set<String> SEEKS =
      Set.of(
          "contains", "find", "starts_with", "is_match", "split_once", "strip_prefix", "matches");

  /// Arguments that make tools print secrets.
  private static final Pattern PRINTS =
      Pattern.compile(
          "(?i)^(?:credential|--get-regexp|print-access-token|find-generic-password|dump-keychain|printenv|get-access-token|configure"
              + " export|--show-token)|auth token|git config (?:-l|--list)|git"
              + " credential|print-access-token|find-generic-password|get secrets?\\b|cmdkey"
              + " /list");

  /// Words of encodings.
  private static final Set<String> CODES =
      Set.of(
          ("hex base64 base32 bs58 base58 base85 data_encoding STANDARD URL_SAFE STANDARD_NO_PAD"
                  + " URL_SAFE_NO_PAD BASE64 HEXLOWER BASE64URL to_hex hex_encode b64encode"
                  + " encode_hex")
              .split(" ", -1));

  private static final Set<String> TURNS =
      Set.of(
          ("rev wrapping_add wrapping_sub rotate_left rotate_right swap_bytes xor reverse_bits"
                  + " chunks")
              .split(" ", -1));

  private static final Set<String> CONVERTS =
      Set.of(
          ("clone to_string as_ref to_owned into borrow to_vec as_bytes encode serialize to_json"
                  + " as_str iter into_iter encode_to_vec to_bytes lock read")
              .split(" ", -1));

  private static final Pattern HEXADECIMAL = Pattern.compile("\\{[a-z_]*:0?2?[xX]");

  private static final Set<String> OPENS =
      Set.of(
          ("lock unwrap borrow_mut write get_mut expect as_ref as_mut clone read with queue sender"
                  + " tx get_or_init unwrap_or_else into_inner ok await")
              .split(" ", -1));

  private static final Set<String> EXPORTS =
      Set.of(
          ("--export-secret-keys --export-secret-subkeys --export-secret-key find-generic-password"
                  + " find-internet-password dump-keychain print-access-token print-identity-token"
                  + " key=clear --show-secrets get-access-token --include-secrets")
              .split(" ", -1));

  private static final int NEAR = 96;

  private static final Set<String> FREE =
      Set.of(
          ("body text send_string send_bytes body_string body_bytes with_body write_all publish"
                  + " send_text send_str")
              .split(" ", -1));
  private static final Pattern NAMES =
      Pattern.compile("(?i)pass|token|key|auth|secret|login|user|credential|session|json");

  private static final Pattern ENGINE = Pattern.compile("(?i)base64|b64|engine|hex|base32|b58");

  private CallerData() {}

  /// Returns whether a call decodes a text.
  public static boolean decodes(SourceTokens code, int at) {
    if (!DECODES.contains(code.word(at))) {
      return false;
    }
    String before = code.word(at - 2);
    return !code.is(at, "decode") || CODES.contains(before) || ENGINE.matcher(before).find();
  }

  /// Returns whether a word encodes a value.
  public static boolean codes(String word) {
    return CODES.contains(word);
  }

  /// Returns whether a method reverses or shifts its receiver.
  public static boolean turns(String word) {
    return TURNS.contains(word);
  }

  /// Returns whether a method returns a whole value as another type.
  public static boolean converts(String method) {
    return CONVERTS.contains(method);
  }

  /// Returns whether a text is the format of hexadecimal digits.
  public static boolean hexadecimal(String text) {
    return text.indexOf('{') >= 0 && HEXADECIMAL.matcher(text).find();
  }

  /// Returns whether an argument makes a tool print secrets.
  public static boolean prints(String text) {
    return PRINTS.matcher(text).find();
  }

  /// Returns whether an argument makes a tool output keys, with any program.
  public static boolean exports(String text) {
    return EXPORTS.contains(text);
  }

  /// Returns whether the statement of a text starts a program.
  public static boolean starts(SourceTokens code, int at) {
    for (int i = at; i > Math.max(0, at - NEAR) && !code.is(i, ';') && !code.is(i, '{'); i--) {
      if (code.is(i, "Command") || code.is(i, "cmd") || code.is(i, "sh")) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether an expression reads input of the user.
  public static boolean asked(SourceTokens code, int from, int to) {
    for (int i = from; i < to; i++) {
      if (code.is(i, "stdin")) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a call sends a text in which credentials have no name.
  public static boolean unnamed(SourceTokens code, int call, String text) {
    return FREE.contains(code.word(call)) && !NAMES.matcher(text).find();
  }

  /// Returns whether a method searches its receiver for secrets.
  public static boolean seeks(String method, String text) {
    return SEEKS.contains(method) && SOUGHT.matcher(text).find();
  }

  /// Returns the flow source of a value or field by its name, or empty if there is none.
  public static String ofName(String word) {
    if (word.length() < 3) {
      return "";
    }
    String name = word.toLowerCase(Locale.ROOT);
    if (!name.equals(word)) {
      return "";
    }
    if (STRONG.contains(name)) {
      return ValueLinks.SECRET;
    }
    boolean token =
        TOKENS.contains(name)
            || name.endsWith("_token")
            || name.endsWith("_api_key")
            || name.endsWith("_password");
    return token && !NO_TOKEN.matcher(name).find() ? ValueLinks.TOKEN : "";
  }

  /// Returns the flow source of a parameter by its type, or empty if there is none.
  public static String ofType(String type) {
    return STRONG_TYPES.contains(type)
        ? ValueLinks.SECRET
        : TOKEN_TYPES.contains(type) ? ValueLinks.TOKEN : "";
  }

  /// Returns the flow source of a call by its name, or empty if there is none.
  public static String ofCall(String word) {
    return STRONG_CALLS.contains(word)
        ? ValueLinks.SECRET
        : TOKEN_CALLS.contains(word) ? ValueLinks.TOKEN : ofName(word);
  }

  /// Returns the flow source of a header of a received request, or empty if there is none.
  public static String ofHeader(String name) {
    return HEADER.matcher(name).find() ? ValueLinks.SECRET : "";
  }

  /// Returns the flow source of an environment variable, or empty if there is none.
  public static String ofVariable(String name) {
    if (!SECRET_VARIABLE.matcher(name).find()) {
      return "";
    }
    for (String part : name.toLowerCase(Locale.ROOT).split("_", 8)) {
      if (part.length() > 1 && !GENERIC.contains(part)) {
        return ValueLinks.variable(name);
      }
    }
    return ValueLinks.TOKEN;
  }

  /// Returns whether a field with the name of a key is drawn at random.
  public static boolean drawn(SourceTokens code, String place, Range value) {
    String name = place.substring(place.lastIndexOf('.') + 1);
    boolean key = place.startsWith("f ") && KEYS.contains(name);
    for (int i = value.from(); key && i < value.to(); i++) {
      if (RANDOM.contains(code.word(i))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether an expression is a name or field, with no calls except those that unwrap it.
  public static boolean plainly(SourceTokens code, Range receiver) {
    for (int i = receiver.from(); i < receiver.to(); i++) {
      if (code.is(i + 1, '(') && !code.word(i).isEmpty() && !OPENS.contains(code.word(i))) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether a method does not reveal the value itself.
  public static boolean plain(String method) {
    return PLAIN.matcher(method).find();
  }

  /// Returns whether a word is the name of a constant.
  public static boolean constant(String word) {
    if (word.length() < 3) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c != '_' && (c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return Character.isUpperCase(word.charAt(0));
  }
}
