package lazaret.bundle.trust;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// The content of the signed field `x-lazaret` of the root of a bundle. It extends the TUF
/// specification, and other TUF clients ignore it.
///
/// @param pairs the key ids of each officer by name, sorted
/// @param minPairs the number of officers who must sign with both keys, by top-level role
/// @param decisionKeys the Ed25519 keys that may sign decisions
/// @param epoch the number of the epoch, from 1; it increases when snapshot and timestamp get new
///   keys
/// @param stream the stream of all bundles under this root
public record RootPolicy(
    Map<String, Pair> pairs,
    Map<String, Long> minPairs,
    List<TufKey> decisionKeys,
    long epoch,
    Stream stream) {
  /// The name of the signed field.
  public static final String FIELD = "x-lazaret";

  /// The top-level roles in the order of verification.
  public static final List<String> ROLES =
      List.of(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT, Roles.TARGETS);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final String WHAT = "the root metadata > " + FIELD;

  /// The key ids of one officer.
  ///
  /// @param classical the id of the Ed25519 key, or of the ECDSA key in a hardware module
  /// @param mlDsa the id of the ML-DSA-65 key
  public record Pair(String classical, String mlDsa) {}

  /// The stream of bundles.
  ///
  /// @param name the name for people: `[a-z0-9-]`, at most 32 characters
  /// @param uuid the identifier for programs
  public record Stream(String name, UUID uuid) {
    /// Checks the name.
    ///
    /// @throws BundleException `metadata-malformed`
    public Stream {
      checkName(name, "a stream");
    }
  }

  /// Copies the collections, and sorts the officers.
  public RootPolicy {
    pairs = Collections.unmodifiableMap(new TreeMap<>(pairs));
    minPairs = Collections.unmodifiableMap(new TreeMap<>(minPairs));
    decisionKeys = List.copyOf(decisionKeys);
  }

  /// Reads the policy of a root. All keys of the root are checked too, because a malformed key is a
  /// mistake or an attack.
  ///
  /// @throws BundleException `key-malformed` for a key of another type or form,
  ///   `metadata-malformed` if the field is missing or inconsistent
  public static RootPolicy of(Metadata.Root root) {
    JsonValue value = root.more().get(FIELD);
    if (value == null) {
      throw JsonFields.malformed(
          "the root metadata", "expected the field '" + FIELD + "' of a bundle's root");
    }
    root.keys().values().forEach(PublicKeyForms::checked);
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
          || !isOf(root, ids.getFirst(), PublicKeyForms::isClassical)
          || !isOf(root, ids.getLast(), key -> key.type().equals(PublicKeyForms.ML_DSA))) {
        throw JsonFields.malformed(
            WHAT,
            "the pair of '%s' must be the ids of an Ed25519 or ECDSA and an ML-DSA key of the root"
                .formatted(officer));
      }
      for (String id : ids) {
        // Keys are compared by their bytes: one key under two ids, or in two text forms, would
        // count as two officers.
        TufKey key = root.keys().get(id);
        if (key != null && !seen.add(key.keyBytes())) {
          throw JsonFields.malformed(WHAT, "two officers have the same key");
        }
      }
      pairs.put(officer, new Pair(ids.getFirst(), ids.getLast()));
    }
    return pairs;
  }

  private static boolean isOf(Metadata.Root root, String id, Predicate<TufKey> form) {
    TufKey key = root.keys().get(id);
    return key != null && form.test(key);
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
    TufKey key = PublicKeyForms.read(JsonFields.of(value, WHAT + " > decisionKeys"));
    if (!key.type().equals(PublicKeyForms.ED25519)) {
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

  /// Returns a name, or fails if it has a wrong form.
  public static String checkName(String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw JsonFields.malformed(
          "the name of " + what,
          "expected a to z, 0 to 9 and '-', at most 32 characters, found '" + name + "'");
    }
    return name;
  }

  /// Returns the number of officers who must sign with both keys.
  ///
  /// @param role the name of a role; roles below the top level need one pair
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
                    List.of(
                        PublicKeyForms.text(pair.classical()),
                        PublicKeyForms.text(pair.mlDsa())))));
    Map<String, JsonValue> least = new LinkedHashMap<>();
    minPairs.forEach((role, number) -> least.put(role, new JsonValue.Whole(number)));
    return PublicKeyForms.object(
        Map.of(
            "pairs", PublicKeyForms.object(officers),
            "minPairs", PublicKeyForms.object(least),
            "decisionKeys", new JsonValue.Items(decisionKeys.stream().map(TufKey::form).toList()),
            "epoch", new JsonValue.Whole(epoch),
            "stream",
                PublicKeyForms.object(
                    Map.of(
                        "name", PublicKeyForms.text(stream.name()),
                        "uuid", PublicKeyForms.text(stream.uuid().toString())))));
  }
}
