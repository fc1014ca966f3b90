package lazaret.vetting.deskapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.json.Inline;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The OpenAPI description of the operations. Its structure comes from the declarations, its texts
/// come from the javadoc.
final class OpenApiGenerator {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordDocs docs;
  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Deque<Class<?>> pending = new ArrayDeque<>();
  private final List<Class<?>> known = new ArrayList<>();

  OpenApiGenerator(RecordDocs docs) {
    this.docs = docs;
  }

  /// Returns the document.
  String document() {
    ObjectNode root = JSON.createObjectNode();
    root.put("openapi", "3.1.0");
    ObjectNode info = root.putObject("info");
    info.put("title", "Lazaret, the desk").put("version", "1");
    info.put("description", "See docs/desk-api.md.");
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    root.putArray("security").addObject().putArray("token");
    paths(root.putObject("paths"));
    components(root.putObject("components"));
    return text(root) + "\n";
  }

  /// Returns the table of routes for the manual.
  String routes() {
    StringBuilder table =
        new StringBuilder("| method and path | role | purpose |\n|---|---|---|\n");
    for (Operation<?, ?> each : Operations.all()) {
      List<String> query = components(each, InQuery.class).stream().map(RecordCodec::name).toList();
      table.append(
          "| `%s %s%s%s` | %s | %s |\n"
              .formatted(
                  each.route().method(),
                  Operations.PREFIX,
                  each.route().path(),
                  query.isEmpty() ? "" : "?" + String.join("=&", query) + "=",
                  roles(each.access()),
                  each.summary()));
    }
    return table.toString();
  }

  private static String roles(Access access) {
    return access.roles().isEmpty()
        ? "none"
        : codes(access).collect(Collectors.joining(" or "))
            + (access.isOpen() ? ", or none on an open gate" : "");
  }

  private static Stream<String> codes(Access access) {
    return access.roles().stream().sorted().map(DeskRole::code);
  }

  private void paths(ObjectNode paths) {
    for (Operation<?, ?> each : Operations.all()) {
      String path = Operations.PREFIX + each.route().path();
      ObjectNode methods = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
      operation(methods.putObject(each.route().method().name().toLowerCase(Locale.ROOT)), each);
    }
  }

  private void operation(ObjectNode node, Operation<?, ?> operation) {
    node.put("operationId", operation.id()).put("summary", operation.summary());
    node.put("description", need(operation.access()));
    ArrayNode roles = node.putArray("x-roles");
    codes(operation.access()).forEach(roles::add);
    if (operation.access().roles().isEmpty()) {
      node.putArray("security");
    }
    parameters(node, operation);
    switch (operation.route().body()) {
      case NONE -> {}
      case JSON ->
          content(node.putObject("requestBody").put("required", true), "application/json")
              .set("schema", reference(operation.request()));
      case BYTES ->
          content(node.putObject("requestBody").put("required", true), "application/octet-stream")
              .putObject("schema")
              .put("type", "string")
              .put("format", "binary");
    }
    ObjectNode responses = node.putObject("responses");
    ObjectNode success = responses.putObject(Integer.toString(operation.route().success()));
    success.put("description", docs.summary(operation.reply()));
    content(success, "application/json").set("schema", reference(operation.reply()));
    responses.putObject("default").put("$ref", "#/components/responses/Failed");
  }

  private static String need(Access access) {
    if (access.roles().isEmpty()) {
      return "Requires no token.";
    }
    String roles = codes(access).map("`%s`"::formatted).collect(Collectors.joining(" or "));
    return "Requires the role %s%s."
        .formatted(roles, access.isOpen() ? "; an open gate requires none" : "");
  }

  private void parameters(ObjectNode node, Operation<?, ?> operation) {
    List<RecordComponent> path = components(operation, InPath.class);
    List<RecordComponent> query = components(operation, InQuery.class);
    if (path.isEmpty() && query.isEmpty()) {
      return;
    }
    Map<String, String> texts = docs.params(operation.request());
    ArrayNode parameters = node.putArray("parameters");
    path.forEach(each -> parameter(parameters.addObject(), each, "path", texts));
    query.forEach(each -> parameter(parameters.addObject(), each, "query", texts));
  }

  private void parameter(
      ObjectNode node, RecordComponent component, String place, Map<String, String> texts) {
    node.put("name", RecordCodec.name(component)).put("in", place);
    node.put("required", isRequired(component));
    node.put("description", texts.get(component.getName()));
    node.set("schema", schema(component.getGenericType()));
  }

  private static List<RecordComponent> components(
      Operation<?, ?> operation, Class<? extends java.lang.annotation.Annotation> place) {
    return Arrays.stream(operation.request().getRecordComponents())
        .filter(each -> each.isAnnotationPresent(place))
        .toList();
  }

  private static ObjectNode content(ObjectNode node, String mediaType) {
    return node.putObject("content").putObject(mediaType);
  }

  private void components(ObjectNode components) {
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
    ObjectNode failed = components.putObject("responses").putObject("Failed");
    failed.put("description", docs.summary(ErrorReply.class));
    content(failed, "application/json").set("schema", reference(ErrorReply.class));
    while (!pending.isEmpty()) {
      Class<?> type = pending.remove();
      schemas.put(name(type), type.isSealed() ? union(type) : object(type, null));
    }
    ObjectNode all = components.putObject("schemas");
    schemas.forEach(all::set);
  }

  private ObjectNode reference(Class<?> type) {
    if (!known.contains(type)) {
      known.add(type);
      pending.add(type);
    }
    return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name(type));
  }

  private static String name(Class<?> type) {
    return type.isMemberClass()
        ? type.getDeclaringClass().getSimpleName() + "." + type.getSimpleName()
        : type.getSimpleName();
  }

  private ObjectNode union(Class<?> type) {
    ObjectNode node = JSON.createObjectNode().put("description", docs.summary(type));
    ArrayNode choices = node.putArray("oneOf");
    Arrays.stream(type.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getSimpleName))
        .forEach(
            each -> {
              choices.addObject().put("$ref", "#/components/schemas/" + name(each));
              schemas.put(name(each), object(each, KebabCase.of(each)));
            });
    node.putObject("discriminator").put("propertyName", "kind");
    return node;
  }

  /// Returns the schema of a record.
  ///
  /// @param kind the value of the field `kind`; null without one
  private ObjectNode object(Class<?> type, @Nullable String kind) {
    ObjectNode node = JSON.createObjectNode().put("type", "object");
    node.put("description", docs.summary(type));
    ArrayNode required = JSON.createArrayNode();
    ObjectNode properties = JSON.createObjectNode();
    if (kind != null) {
      required.add("kind");
      properties.putObject("kind").put("const", kind);
    }
    properties(type, required, properties);
    if (!required.isEmpty()) {
      node.set("required", required);
    }
    node.set("properties", properties);
    if (type.getSimpleName().endsWith("Request")) {
      node.put("additionalProperties", false);
    }
    return node;
  }

  private void properties(Class<?> type, ArrayNode required, ObjectNode properties) {
    boolean request = type.getSimpleName().endsWith("Request");
    Map<String, String> texts = docs.params(type);
    for (RecordComponent each : type.getRecordComponents()) {
      if (each.isAnnotationPresent(Inline.class)) {
        properties(each.getType(), required, properties);
      } else if (!isOutside(each)) {
        ObjectNode schema = schema(each.getGenericType());
        schema.put("description", texts.get(each.getName()));
        properties.set(RecordCodec.name(each), schema);
        if (request ? isRequired(each) : !isNullable(each)) {
          required.add(RecordCodec.name(each));
        }
      }
    }
  }

  private static boolean isOutside(RecordComponent component) {
    return component.isAnnotationPresent(InPath.class)
        || component.isAnnotationPresent(InQuery.class)
        || component.isAnnotationPresent(InBody.class);
  }

  private static boolean isRequired(RecordComponent component) {
    return !isNullable(component)
        && component.getType() != boolean.class
        && component.getType() != List.class;
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private ObjectNode schema(Type type) {
    if (type instanceof ParameterizedType list) {
      ObjectNode node = JSON.createObjectNode().put("type", "array");
      node.set("items", schema(list.getActualTypeArguments()[0]));
      return node;
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum() && raw.getPackageName().startsWith("lazaret.vetting.deskapi")) {
      ObjectNode node = JSON.createObjectNode().put("type", "string");
      ArrayNode words = node.putArray("enum");
      for (Object each : raw.getEnumConstants()) {
        words.add(KebabCase.of((Enum<?>) each));
      }
      return node;
    }
    if (raw == boolean.class) {
      return JSON.createObjectNode().put("type", "boolean");
    }
    if (raw == long.class || raw == Long.class) {
      return JSON.createObjectNode().put("type", "integer").put("format", "int64");
    }
    if (raw == int.class || raw == Integer.class) {
      return JSON.createObjectNode().put("type", "integer").put("format", "int32");
    }
    boolean record =
        (raw.isRecord() || raw.isSealed())
            && raw != ServerPath.class
            && raw.getPackageName().startsWith("lazaret.vetting.deskapi");
    if (record || raw.getSimpleName().equals("CrateId")) {
      return reference(raw);
    }
    return string(raw);
  }

  private static ObjectNode string(Class<?> type) {
    ObjectNode node = JSON.createObjectNode().put("type", "string");
    if (type == Sha256.class) {
      node.put("pattern", "^[0-9a-f]{64}$");
    } else if (type == Instant.class) {
      node.put("format", "date-time");
    } else if (type == LocalDate.class) {
      node.put("format", "date");
    } else if (type == URI.class) {
      node.put("format", "uri");
    } else if (type == Bytes.class) {
      node.put("contentEncoding", "base64");
    } else if (type == ServerPath.class) {
      node.put("pattern", "^/");
    }
    return node;
  }

  private static String text(ObjectNode root) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    try {
      return JSON.writer(printer).writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
