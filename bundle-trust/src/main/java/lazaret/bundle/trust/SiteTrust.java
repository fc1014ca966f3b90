package lazaret.bundle.trust;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;

/// The content of the signed field `x-lazaret-site` of a root: what the inside accepts from outside
/// in addition to crates. Without the field nothing of that kind is accepted. Earlier releases
/// ignore it.
///
/// @param toolchainKeys the OpenPGP keys that may sign toolchains
/// @param releaseKeys the ECDSA keys that may sign releases of this program
/// @param resultKeys the keys that may sign inspection results
/// @param gitHosts the hosts whose Git repositories are accepted
public record SiteTrust(
    List<ToolchainKey> toolchainKeys,
    List<TufKey> releaseKeys,
    List<ResultKey> resultKeys,
    List<String> gitHosts) {
  /// The name of the signed field.
  public static final String FIELD = "x-lazaret-site";

  /// A root without the field.
  public static final SiteTrust NONE = new SiteTrust(List.of(), List.of(), List.of(), List.of());

  private static final String WHAT = "the root metadata > " + FIELD;
  private static final int MOST = 100;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{40}(?:[0-9A-F]{24})?");
  private static final Pattern HOST = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}(?::[0-9]{1,5})?");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// An OpenPGP key.
  ///
  /// @param fingerprint the fingerprint of the signing key, for people: 40 or 64 hexadecimal digits
  ///   in upper case
  /// @param packet the SHA-256 of the body of its key packet
  public record ToolchainKey(String fingerprint, Sha256 packet) {}

  /// A key of inspection results.
  ///
  /// @param key an Ed25519 or ECDSA key
  /// @param until the moment from which it is not accepted any more, in whole seconds
  public record ResultKey(TufKey key, Instant until) {}

  /// Copies the lists.
  public SiteTrust {
    toolchainKeys = List.copyOf(toolchainKeys);
    releaseKeys = List.copyOf(releaseKeys);
    resultKeys = List.copyOf(resultKeys);
    gitHosts = List.copyOf(gitHosts);
  }

  /// Reads the field of a root.
  ///
  /// @throws BundleException `metadata-malformed` if it has another form, `key-malformed`
  public static SiteTrust of(Metadata.Root root) {
    JsonValue value = root.more().get(FIELD);
    return value == null ? NONE : read(JsonFields.of(value, WHAT));
  }

  /// Reads a file with the value of the field, for the plan of a root.
  ///
  /// @param what the name of the file, for messages
  /// @throws BundleException `metadata-malformed` if it has another form, `key-malformed`
  public static SiteTrust parse(Bytes file, String what) {
    return read(JsonFields.of(JsonTreeReader.read(file, what), what));
  }

  private static SiteTrust read(JsonFields fields) {
    SiteTrust trust =
        new SiteTrust(
            items(fields, "toolchainKeys").stream().map(SiteTrust::toolchainKey).toList(),
            items(fields, "releaseKeys").stream().map(SiteTrust::releaseKey).toList(),
            items(fields, "resultKeys").stream().map(SiteTrust::resultKey).toList(),
            hosts(fields));
    // An unknown field could be meant as a restriction that this release does not know.
    if (!trust.form().equals(new JsonValue.Fields(fields.fields()))) {
      throw JsonFields.malformed(
          fields.what(),
          "expected the lists toolchainKeys, releaseKeys, resultKeys and gitHosts alone");
    }
    return trust;
  }

  private static List<JsonFields> items(JsonFields fields, String name) {
    List<JsonValue> items = fields.optionalItems(name).orElse(List.of());
    if (items.size() > MOST) {
      throw JsonFields.malformed(
          fields.what(), "expected at most %d '%s', found %d".formatted(MOST, name, items.size()));
    }
    return items.stream().map(item -> JsonFields.of(item, fields.what() + " > " + name)).toList();
  }

  private static ToolchainKey toolchainKey(JsonFields key) {
    String fingerprint = key.text("fingerprint");
    if (!FINGERPRINT.matcher(fingerprint).matches()) {
      throw JsonFields.malformed(
          key.what(),
          "expected a fingerprint of 40 or 64 hexadecimal digits in upper case, found '%s'"
              .formatted(Excerpt.of(fingerprint)));
    }
    try {
      return new ToolchainKey(fingerprint, Sha256.parse(key.text("packetSha256")));
    } catch (BundleException e) {
      throw e;
    } catch (LazaretException e) {
      throw JsonFields.malformed(key.what(), String.valueOf(e.getMessage()));
    }
  }

  private static TufKey releaseKey(JsonFields fields) {
    TufKey key = PublicKeyForms.read(fields);
    if (!key.type().equals(PublicKeyForms.ECDSA)) {
      throw JsonFields.malformed(fields.what(), "releases are signed by ECDSA keys on P-256");
    }
    return key;
  }

  private static ResultKey resultKey(JsonFields fields) {
    TufKey key = PublicKeyForms.read(fields.object("key"));
    if (!PublicKeyForms.isClassical(key)) {
      throw JsonFields.malformed(fields.what(), "results are signed by Ed25519 or ECDSA keys");
    }
    return new ResultKey(key, fields.moment("until"));
  }

  private static List<String> hosts(JsonFields fields) {
    List<String> hosts = fields.optionalTexts("gitHosts").orElse(List.of());
    for (String host : hosts) {
      if (hosts.size() > MOST || !HOST.matcher(host).matches()) {
        throw JsonFields.malformed(
            fields.what(),
            "expected at most %d hosts in lower case, found '%s'"
                .formatted(MOST, Excerpt.of(host)));
      }
    }
    return hosts;
  }

  /// Returns the value of the field. Empty lists are omitted, so that each content has one form.
  public JsonValue form() {
    Map<String, JsonValue> fields = new HashMap<>();
    put(fields, "toolchainKeys", toolchainKeys.stream().map(SiteTrust::form).toList());
    put(fields, "releaseKeys", releaseKeys.stream().map(TufKey::form).toList());
    put(fields, "resultKeys", resultKeys.stream().map(SiteTrust::form).toList());
    put(fields, "gitHosts", gitHosts.stream().map(SiteTrust::text).toList());
    return new JsonValue.Fields(fields);
  }

  private static void put(Map<String, JsonValue> fields, String name, List<JsonValue> items) {
    if (!items.isEmpty()) {
      fields.put(name, new JsonValue.Items(items));
    }
  }

  private static JsonValue text(String text) {
    return PublicKeyForms.text(text);
  }

  private static JsonValue form(ToolchainKey key) {
    return PublicKeyForms.object(
        Map.of("fingerprint", text(key.fingerprint()), "packetSha256", text(key.packet().hex())));
  }

  private static JsonValue form(ResultKey key) {
    return PublicKeyForms.object(
        Map.of("key", key.key().form(), "until", text(MOMENT.format(key.until()))));
  }

  /// Returns the content in lines for people.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    toolchainKeys.forEach(
        key ->
            lines.add("toolchains signed by %s (%s)".formatted(key.fingerprint(), key.packet())));
    releaseKeys.forEach(key -> lines.add("releases signed by " + key.id()));
    resultKeys.forEach(
        key ->
            lines.add(
                "inspection results signed by %s until %s".formatted(key.key().id(), key.until())));
    gitHosts.forEach(host -> lines.add("Git repositories of " + host));
    return lines;
  }
}
