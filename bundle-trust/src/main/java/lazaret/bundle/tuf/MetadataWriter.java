package lazaret.bundle.tuf;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.Bytes;

/// A writer of metadata files. The same content gives the same bytes, except for signatures.
public final class MetadataWriter {
  private static final String SPECIFICATION = "1.0.34";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private MetadataWriter() {}

  /// Writes a file.
  ///
  /// @param signed the signed part, as returned by [#signed]
  /// @param keys the keys that sign it, in the order of the signatures
  public static Bytes file(JsonValue signed, List<SigningKey> keys) {
    Bytes canonical = CanonicalJson.of(signed);
    Map<String, String> signatures = new LinkedHashMap<>();
    keys.forEach(key -> signatures.put(key.publicKey().id(), key.sign(canonical)));
    return file(signed, signatures);
  }

  /// Writes a file with signatures that were made elsewhere.
  ///
  /// @param signed the signed part
  /// @param signatures the signatures in lower-case hex by key id, in the order in which they are
  ///   written
  public static Bytes file(JsonValue signed, Map<String, String> signatures) {
    List<JsonValue> items =
        signatures.entrySet().stream()
            .map(s -> object(Map.of("keyid", text(s.getKey()), "sig", text(s.getValue()))))
            .toList();
    return CanonicalJson.document(
        object(Map.of("signatures", new JsonValue.Items(items), "signed", signed)));
  }

  /// Returns the signed part of a file.
  public static JsonValue signed(Metadata content) {
    return switch (content) {
      case Metadata.Root root -> root(root);
      case Metadata.Timestamp timestamp ->
          head(
              Roles.TIMESTAMP,
              timestamp,
              Map.of("meta", object(Map.of("snapshot.json", file(timestamp.snapshot())))));
      case Metadata.Snapshot snapshot ->
          head(
              Roles.SNAPSHOT,
              snapshot,
              Map.of("meta", each(snapshot.files(), MetadataWriter::file)));
      case Metadata.Targets targets -> targets(targets);
    };
  }

  private static JsonValue root(Metadata.Root root) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(root.more());
    fields.put("consistent_snapshot", new JsonValue.Truth(root.consistentSnapshot()));
    fields.put("keys", each(root.keys(), TufKey::form));
    fields.put("roles", each(root.roles(), role -> object(signers(role))));
    return head(Roles.ROOT, root, fields);
  }

  private static JsonValue targets(Metadata.Targets targets) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("targets", each(targets.targets(), MetadataWriter::file));
    targets.delegations().ifPresent(d -> fields.put("delegations", delegations(d)));
    return head(Roles.TARGETS, targets, fields);
  }

  private static JsonValue delegations(Metadata.Delegations delegations) {
    List<JsonValue> roles = delegations.roles().stream().map(MetadataWriter::delegation).toList();
    return object(
        Map.of(
            "keys", each(delegations.keys(), TufKey::form), "roles", new JsonValue.Items(roles)));
  }

  private static JsonValue delegation(Metadata.Delegation delegation) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(signers(delegation.signers()));
    fields.put("name", text(delegation.name()));
    fields.put("terminating", new JsonValue.Truth(delegation.terminating()));
    switch (delegation.paths()) {
      case TargetPaths.Patterns(List<String> patterns) -> fields.put("paths", texts(patterns));
      case TargetPaths.HashPrefixes(List<String> prefixes) ->
          fields.put("path_hash_prefixes", texts(prefixes));
    }
    return object(fields);
  }

  private static JsonValue head(String type, Metadata content, Map<String, JsonValue> rest) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(rest);
    fields.put("_type", text(type));
    fields.put("spec_version", text(SPECIFICATION));
    fields.put("version", new JsonValue.Whole(content.version()));
    fields.put("expires", text(moment(content.expires())));
    return object(fields);
  }

  private static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  private static JsonValue file(Metadata.MetaFile file) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("version", new JsonValue.Whole(file.version()));
    file.length().ifPresent(length -> fields.put("length", new JsonValue.Whole(length)));
    if (!file.hashes().isEmpty()) {
      fields.put("hashes", each(file.hashes(), MetadataWriter::text));
    }
    return object(fields);
  }

  private static JsonValue file(Metadata.TargetFile file) {
    return object(
        Map.of(
            "length",
            new JsonValue.Whole(file.length()),
            "hashes",
            each(file.hashes(), MetadataWriter::text)));
  }

  private static Map<String, JsonValue> signers(RoleKeys role) {
    return Map.of(
        "keyids", texts(role.keyIds()), "threshold", new JsonValue.Whole(role.threshold()));
  }

  private static <T> JsonValue each(Map<String, T> values, Function<T, JsonValue> form) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    values.forEach((name, value) -> fields.put(name, form.apply(value)));
    return object(fields);
  }

  private static JsonValue object(Map<String, JsonValue> fields) {
    return new JsonValue.Fields(fields);
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  private static JsonValue texts(List<String> texts) {
    return new JsonValue.Items(texts.stream().map(MetadataWriter::text).toList());
  }
}
