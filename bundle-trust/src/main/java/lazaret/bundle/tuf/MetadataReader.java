package lazaret.bundle.tuf;

import static lazaret.bundle.tuf.JsonFields.malformed;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A reader of metadata files (TUF specification, *Document formats*). Unknown fields are
/// permitted: they are signed with the rest.
public final class MetadataReader {
  private static final Set<String> TOP_LEVEL =
      Set.of(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT, Roles.TARGETS);

  private static final Set<String> ROOT_FIELDS =
      Set.of("_type", "spec_version", "version", "expires", "consistent_snapshot", "keys", "roles");

  /// The most signatures of one file. Verification of thousands of signatures would take too long.
  private static final int MOST_SIGNATURES = 256;

  private MetadataReader() {}

  /// Reads root metadata.
  ///
  /// @throws BundleException `metadata-malformed`, `metadata-type-mismatch`, `threshold-invalid` or
  ///   `limit-exceeded`, here and in the other methods
  public static SignedMetadata<Metadata.Root> root(Bytes file) {
    return read(file, Roles.ROOT, Roles.ROOT, MetadataReader::rootContent);
  }

  /// Reads timestamp metadata.
  public static SignedMetadata<Metadata.Timestamp> timestamp(Bytes file) {
    return read(file, Roles.TIMESTAMP, Roles.TIMESTAMP, MetadataReader::timestampContent);
  }

  /// Reads snapshot metadata.
  public static SignedMetadata<Metadata.Snapshot> snapshot(Bytes file) {
    return read(file, Roles.SNAPSHOT, Roles.SNAPSHOT, MetadataReader::snapshotContent);
  }

  /// Reads the metadata of a targets role.
  ///
  /// @param role `targets`, or the name of a delegated role
  public static SignedMetadata<Metadata.Targets> targets(Bytes file, String role) {
    return read(file, role, Roles.TARGETS, MetadataReader::targetsContent);
  }

  private static <M extends Metadata> SignedMetadata<M> read(
      Bytes file, String role, String type, Function<JsonFields, M> content) {
    String what = "the " + Excerpt.of(role) + " metadata";
    JsonFields whole = JsonFields.of(JsonTreeReader.read(file, what), what);
    JsonFields signed = whole.object("signed");
    String found = signed.text("_type");
    if (!found.equals(type)) {
      throw new BundleException(
          BundleCode.METADATA_TYPE_MISMATCH,
          "cannot use %s: its type is '%s', expected '%s'"
              .formatted(what, Excerpt.of(found), type));
    }
    specification(signed);
    if (signed.whole("version") < 1) {
      throw malformed(what, "the version must be at least 1");
    }
    return new SignedMetadata<>(
        what,
        content.apply(signed),
        CanonicalJson.of(new JsonValue.Fields(signed.fields())),
        signatures(whole),
        file);
  }

  /// Checks the version of the specification. Another major version is another format.
  private static void specification(JsonFields signed) {
    String version = signed.text("spec_version");
    if (!version.matches("1(\\.[0-9]{1,9}){1,2}")) {
      throw malformed(
          signed.what(), "expected version 1 of the specification, found " + Excerpt.of(version));
    }
  }

  private static Map<String, String> signatures(JsonFields whole) {
    Map<String, String> signatures = new LinkedHashMap<>();
    List<JsonValue> items = whole.items("signatures");
    if (items.size() > MOST_SIGNATURES) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read %s: it has %d signatures, at most %d are read"
              .formatted(whole.what(), items.size(), MOST_SIGNATURES));
    }
    for (JsonValue item : items) {
      JsonFields signature = JsonFields.of(item, whole.what() + " > signatures");
      // "The keyid MUST be unique in the signatures array", even if the other signatures suffice.
      if (signatures.put(signature.text("keyid"), signature.text("sig")) != null) {
        throw malformed(whole.what(), "a key id signs twice");
      }
    }
    return signatures;
  }

  private static Metadata.Root rootContent(JsonFields signed) {
    Map<String, RoleKeys> roles = new HashMap<>();
    signed.object("roles").objects().forEach((name, role) -> roles.put(name, signers(role)));
    if (!roles.keySet().containsAll(TOP_LEVEL)) {
      throw malformed(signed.what(), "expected the roles root, timestamp, snapshot and targets");
    }
    return new Metadata.Root(
        signed.whole("version"),
        signed.moment("expires"),
        signed.fields().containsKey("consistent_snapshot") && signed.truth("consistent_snapshot"),
        keys(signed.object("keys")),
        roles,
        unknown(signed, ROOT_FIELDS));
  }

  private static Map<String, JsonValue> unknown(JsonFields signed, Set<String> known) {
    Map<String, JsonValue> more = new HashMap<>(signed.fields());
    more.keySet().removeAll(known);
    return more;
  }

  private static RoleKeys signers(JsonFields role) {
    return new RoleKeys(role.texts("keyids"), role.signed("threshold"));
  }

  private static Map<String, TufKey> keys(JsonFields keys) {
    Map<String, TufKey> read = new HashMap<>();
    keys.objects().forEach((id, key) -> read.put(id, key(id, key)));
    return read;
  }

  /// Reads a public key in the form of metadata.
  ///
  /// @param id the key id that the key is listed under
  public static TufKey key(String id, JsonFields key) {
    return new TufKey(
        id, key.text("keytype"), key.text("scheme"), key.object("keyval").text("public"));
  }

  private static Metadata.Timestamp timestampContent(JsonFields signed) {
    JsonFields meta = signed.object("meta");
    if (meta.fields().size() != 1) {
      throw JsonFields.malformed(
          meta.what(), "expected 'snapshot.json' and nothing else (TUF specification, §4.6)");
    }
    return new Metadata.Timestamp(
        signed.whole("version"), signed.moment("expires"), metaFile(meta.object("snapshot.json")));
  }

  private static Metadata.Snapshot snapshotContent(JsonFields signed) {
    Map<String, Metadata.MetaFile> files = new HashMap<>();
    signed.object("meta").objects().forEach((name, file) -> files.put(name, metaFile(file)));
    return new Metadata.Snapshot(signed.whole("version"), signed.moment("expires"), files);
  }

  private static Metadata.MetaFile metaFile(JsonFields file) {
    return new Metadata.MetaFile(
        file.whole("version"),
        file.optionalWhole("length"),
        file.optionalObject("hashes").map(JsonFields::allTexts).orElse(Map.of()));
  }

  private static Metadata.Targets targetsContent(JsonFields signed) {
    Map<String, Metadata.TargetFile> targets = new HashMap<>();
    signed
        .object("targets")
        .objects()
        .forEach(
            (path, file) ->
                targets.put(
                    path,
                    new Metadata.TargetFile(
                        file.whole("length"), file.object("hashes").allTexts())));
    return new Metadata.Targets(
        signed.whole("version"),
        signed.moment("expires"),
        targets,
        signed.optionalObject("delegations").map(MetadataReader::delegations));
  }

  private static Metadata.Delegations delegations(JsonFields delegations) {
    Map<String, TufKey> keys = keys(delegations.object("keys"));
    Optional<JsonFields> succinct = delegations.optionalObject("succinct_roles");
    if (succinct.isPresent()) {
      return new Metadata.Delegations(keys, HashBins.of(succinct.get()));
    }
    List<Metadata.Delegation> roles =
        delegations.items("roles").stream()
            .map(item -> delegation(JsonFields.of(item, delegations.what() + " > roles")))
            .toList();
    Set<String> names = new LinkedHashSet<>();
    for (Metadata.Delegation role : roles) {
      // A delegated role with the name of a top-level role would be confused with that role's file.
      if (!names.add(role.name()) || role.name().isEmpty() || TOP_LEVEL.contains(role.name())) {
        throw malformed(delegations.what(), "the role '" + role.name() + "' cannot be delegated");
      }
    }
    return new Metadata.Delegations(keys, roles);
  }

  private static Metadata.Delegation delegation(JsonFields role) {
    Optional<List<String>> patterns = role.optionalTexts("paths");
    Optional<List<String>> prefixes = role.optionalTexts("path_hash_prefixes");
    if (patterns.isPresent() == prefixes.isPresent()) {
      throw malformed(role.what(), "expected one of 'paths' and 'path_hash_prefixes'");
    }
    TargetPaths paths =
        patterns
            .<TargetPaths>map(TargetPaths.Patterns::new)
            .orElseGet(() -> new TargetPaths.HashPrefixes(prefixes.orElseThrow()));
    return new Metadata.Delegation(
        role.text("name"), signers(role), role.truth("terminating"), paths);
  }
}
