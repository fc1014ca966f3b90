package lazaret.mirror.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.mirror.config.ConfigGoldenFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.Route;

/// The schemas of `docs/openapi.json`, and the part of JSON Schema that it uses.
public final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  /// Reads the file of the repository.
  public OpenApi() {
    document = parse(Bytes.utf8(ConfigGoldenFiles.read("docs/openapi.json")));
  }

  /// Parses a JSON document.
  public static JsonNode parse(Bytes json) {
    try {
      return JSON.readTree(json.array());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + json.text(), e);
    }
  }

  /// Checks a response against the schema of its operation; empty if it conforms.
  public List<String> faults(Operation<?, ?> operation, int status, Bytes body) {
    Route route = operation.route();
    JsonNode responses =
        document
            .path("paths")
            .path(Operations.PREFIX + route.path())
            .path(route.method().name().toLowerCase(Locale.ROOT))
            .path("responses");
    JsonNode response =
        resolved(responses.path(responses.has("" + status) ? "" + status : "default"));
    List<String> faults = new ArrayList<>();
    if (status < 400 && !responses.has("" + status)) {
      faults.add("status " + status + " is not in the file");
    }
    check(
        response.path("content").path("application/json").path("schema"), parse(body), "$", faults);
    return faults;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void check(JsonNode schemaOrRef, JsonNode value, String at, List<String> faults) {
    JsonNode schema = resolved(schemaOrRef);
    if (schema.isMissingNode()) {
      faults.add(at + ": no schema");
      return;
    }
    schema.path("allOf").forEach(part -> check(part, value, at, faults));
    if (schema.has("oneOf")) {
      faults.addAll(oneOf(schema.get("oneOf"), value, at));
    }
    if (schema.has("type") && !hasType(schema.get("type").asText(), value)) {
      faults.add(at + ": expected " + schema.get("type") + ", found " + value);
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add(at + ": " + value + " is none of " + schema.get("enum"));
    }
    if (schema.has("pattern") && !value.asText().matches(schema.get("pattern").asText())) {
      faults.add(at + ": " + value + " does not match");
    }
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                faults.add(at + ": '" + name.asText() + "' is missing");
              }
            });
    JsonNode properties = schema.path("properties");
    value
        .properties()
        .forEach(
            field -> {
              if (properties.has(field.getKey())) {
                check(
                    properties.get(field.getKey()),
                    field.getValue(),
                    at + "." + field.getKey(),
                    faults);
              } else if (schema.has("properties") && !at.equals("$")) {
                faults.add(at + "." + field.getKey() + ": not in the file");
              }
            });
    if (value.isArray()) {
      value.forEach(item -> check(schema.path("items"), item, at + "[]", faults));
    }
  }

  private List<String> oneOf(JsonNode choices, JsonNode value, String at) {
    List<String> all = new ArrayList<>();
    for (JsonNode choice : choices) {
      List<String> faults = new ArrayList<>();
      check(choice, value, at, faults);
      if (faults.isEmpty()) {
        return List.of();
      }
      all.addAll(faults);
    }
    return all;
  }

  private static boolean hasType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> false;
    };
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode item : list) {
      if (item.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
