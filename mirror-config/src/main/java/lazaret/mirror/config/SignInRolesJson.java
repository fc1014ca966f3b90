package lazaret.mirror.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.toml.OperatorToml;

/// The tables `[[sign-in.role]]` as one text, because each key of the configuration has a text: the
/// JSON object `{"role":[{"group":"security","role":"reviewer","crates":["zstd-*"]}]}`.
final class SignInRolesJson {
  /// The maximum number of tables.
  static final int MAX_ROLES = 1_000;

  private static final String ROLE = "role";
  private static final String CRATES = "crates";
  private static final Set<String> TEXTS = Set.of("group", ROLE);
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 8, 200_000);
  private static final RecordCodec CODEC =
      RecordCodec.of(List.of(), LIMITS, UnknownFields.REFUSED, "the roles of [sign-in]");

  private SignInRolesJson() {}

  /// The JSON object.
  ///
  /// @param role the tables in order
  record Document(List<Table> role) {}

  /// A table before its check.
  record Table(String group, String role, List<String> crates) {}

  /// Returns the text of tables, or empty if one has an unknown key or a value of another type.
  static Optional<String> text(OperatorToml.Array array) {
    List<OperatorToml.Table> tables = new ArrayList<>();
    for (OperatorToml.Entry element : array.elements()) {
      if (!(element.value() instanceof OperatorToml.Table table) || !isRole(table)) {
        return Optional.empty();
      }
      tables.add(table);
    }
    return Optional.of(
        JsonWriter.object(json -> json.list(ROLE, tables, SignInRolesJson::write)).text());
  }

  private static boolean isRole(OperatorToml.Table table) {
    for (Map.Entry<String, OperatorToml.Entry> one : table.entries().entrySet()) {
      Object value = one.getValue().value();
      boolean fits =
          TEXTS.contains(one.getKey())
              ? value instanceof String
              : one.getKey().equals(CRATES)
                  && value instanceof OperatorToml.Array list
                  && list.elements().stream().allMatch(each -> each.value() instanceof String);
      if (!fits) {
        return false;
      }
    }
    return table.entries().keySet().containsAll(TEXTS);
  }

  private static void write(JsonWriter json, OperatorToml.Table table) {
    TEXTS.stream().sorted().forEach(name -> json.put(name, (String) table.get(name)));
    if (table.get(CRATES) instanceof OperatorToml.Array list) {
      json.texts(
          CRATES, list.elements().stream().map(each -> String.valueOf(each.value())).toList());
    }
  }

  /// Parses the text.
  ///
  /// @throws IllegalArgumentException if it is malformed, with the number of the table
  static List<SignInRole> parse(String text) {
    List<Table> tables;
    try {
      tables = CODEC.decode(Document.class, Bytes.utf8(text)).role();
    } catch (MalformedException e) {
      throw new IllegalArgumentException(
          "expected {\"role\":[{\"group\":\"GROUP\",\"role\":\"ROLE\",\"crates\":[]}]}", e);
    }
    if (tables.size() > MAX_ROLES) {
      throw new IllegalArgumentException(
          "expected at most " + MAX_ROLES + " tables, found " + tables.size());
    }
    List<SignInRole> roles = new ArrayList<>();
    for (Table table : tables) {
      try {
        roles.add(new SignInRole(table.group(), table.role(), table.crates()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            e.getMessage() + " in table " + (roles.size() + 1) + " of [[sign-in.role]]", e);
      }
    }
    return List.copyOf(roles);
  }
}
