package lazaret.bundle.keys;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// What the root of a bundle says beyond the TUF specification: the signed field `x-lazaret`, which
/// foreign clients leave alone.
///
/// @param pairs the two keys of each officer, by the officer's name, sorted
/// @param minPairs how many officers must sign with both keys, by top-level role
/// @param decisionKeys the Ed25519 keys that decisions are signed by
/// @param epoch counts how often snapshot and timestamp got new keys, from 1 on
/// @param stream what all bundles under this root belong to
public record RootPolicy(
    Map<String, Pair> pairs,
    Map<String, Long> minPairs,
    List<TufKey> decisionKeys,
    long epoch,
    Stream stream) {
  /// The name of the signed field.
  public static final String FIELD = "x-lazaret";

  /// The top-level roles, in the order in which they are verified.
  static final List<String> ROLES =
      List.of(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT, Roles.TARGETS);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final String WHAT = "the root metadata > " + FIELD;

  /// The key ids of one officer.
  ///
  /// @param ed25519 of the Ed25519 key
  /// @param mlDsa of the ML-DSA-65 key
  public record Pair(String ed25519, String mlDsa) {}

  /// What bundles belong to.
  ///
  /// @param name for people: `[a-z0-9-]`, at most 32 characters
  /// @param uuid for programs
  public record Stream(String name, UUID uuid) {
    /// Checks the name.
    ///
    /// @throws BundleException `metadata-malformed`
    public Stream {
      checkName(name, "a stream");
    }
  }

  /// Copies, and sorts the officers.
  public RootPolicy {
    pairs = Collections.unmodifiableMap(new TreeMap<>(pairs));
    minPairs = Collections.unmodifiableMap(new TreeMap<>(minPairs));
    decisionKeys = List.copyOf(decisionKeys);
  }

  /// Reads what a root says. All keys of the root are checked too: one that cannot count is a
  /// mistake or a trick.
  ///
  /// @throws BundleException `key-malformed` for a key of another kind or form,
  ///   `metadata-malformed` where the field is missing or inconsistent
  public static RootPolicy of(Metadata.Root root) {
    JsonValue value = root.more().get(FIELD);
    if (value == null) {
      throw JsonFields.malformed(
          "the root metadata", "expected the field '" + FIELD + "' of a bundle's root");
    }
    root.keys().values().forEach(KeyForms::checked);
    JsonFields fields = JsonFields.of(value, WHAT);
    JsonFields stream = fields.object("stream");
    var policy =
        new RootPolicy(
            pairs(fields.object("pairs"), root),
            minPairs(fields.object("minPairs")),
            fields.items("decisionKeys").stream().map(RootPolicy::decisionKey).toList(),
            fields.whole("epoch"),
            new Stream(stream.text("name"), uuid(stream.text("uuid"))));
    if (policy.epoch < 1) {
      throw JsonFields.malformed(WHAT, "expected an epoch from 1 on");
    }
    return policy;
  }

  private static Map<String, Pair> pairs(JsonFields fields, Metadata.Root root) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    Set<Bytes> seen = new HashSet<>();
    for (String officer : fields.fields().keySet()) {
      checkName(officer, "an officer");
      List<String> ids = fields.texts(officer);
      if (ids.size() != 2
          || !isOf(root, ids.getFirst(), KeyForms.ED25519)
          || !isOf(root, ids.getLast(), KeyForms.ML_DSA)) {
        throw JsonFields.malformed(
            WHAT,
            "the pair of '%s' must be the ids of an Ed25519 and an ML-DSA key of the root"
                .formatted(officer));
      }
      for (String id : ids) {
        // By the bytes of the key: one key under two ids, or in two text forms, would make two
        // officers of one.
        TufKey key = root.keys().get(id);
        if (key != null && !seen.add(key.keyBytes())) {
          throw JsonFields.malformed(WHAT, "two officers have one key");
        }
      }
      pairs.put(officer, new Pair(ids.getFirst(), ids.getLast()));
    }
    return pairs;
  }

  private static boolean isOf(Metadata.Root root, String id, String type) {
    TufKey key = root.keys().get(id);
    return key != null && key.type().equals(type);
  }

  private static Map<String, Long> minPairs(JsonFields fields) {
    Map<String, Long> minPairs = new LinkedHashMap<>();
    for (String role : ROLES) {
      long least = fields.whole(role);
      if (least < 1) {
        throw JsonFields.malformed(WHAT, "expected at least one pair for the role " + role);
      }
      minPairs.put(role, least);
    }
    return minPairs;
  }

  private static TufKey decisionKey(JsonValue value) {
    TufKey key = KeyForms.read(JsonFields.of(value, WHAT + " > decisionKeys"));
    if (!key.type().equals(KeyForms.ED25519)) {
      throw JsonFields.malformed(WHAT, "decisions are signed by Ed25519 keys");
    }
    return key;
  }

  private static UUID uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equals(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw JsonFields.malformed(WHAT, "expected a UUID in lower case");
  }

  static String checkName(String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw JsonFields.malformed(
          "the name of " + what,
          "expected a to z, 0 to 9 and '-', at most 32 characters, found '" + name + "'");
    }
    return name;
  }

  /// Returns how many officers must sign with both keys.
  ///
  /// @param role a top-level role; one pair is enough for the others
  public long minPairs(String role) {
    return minPairs.getOrDefault(role, 1L);
  }

  /// Returns the value of the signed field.
  public JsonValue form() {
    Map<String, JsonValue> officers = new LinkedHashMap<>();
    pairs.forEach(
        (officer, pair) ->
            officers.put(
                officer,
                new JsonValue.Items(
                    List.of(KeyForms.text(pair.ed25519()), KeyForms.text(pair.mlDsa())))));
    Map<String, JsonValue> least = new LinkedHashMap<>();
    minPairs.forEach((role, number) -> least.put(role, new JsonValue.Whole(number)));
    return KeyForms.object(
        Map.of(
            "pairs", KeyForms.object(officers),
            "minPairs", KeyForms.object(least),
            "decisionKeys", new JsonValue.Items(decisionKeys.stream().map(TufKey::form).toList()),
            "epoch", new JsonValue.Whole(epoch),
            "stream",
                KeyForms.object(
                    Map.of(
                        "name", KeyForms.text(stream.name()),
                        "uuid", KeyForms.text(stream.uuid().toString())))));
  }
}
