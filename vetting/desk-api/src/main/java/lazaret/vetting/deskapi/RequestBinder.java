package lazaret.vetting.deskapi;

import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import lazaret.vetting.json.RecordCodec;
import org.jspecify.annotations.Nullable;

/// The mapping of requests to the parts of an HTTP request, and back. A component with [InPath],
/// [InQuery] or [InBody] is there; any other is a field of the JSON body. Thread-safe.
public final class RequestBinder {
  private RequestBinder() {}

  /// Returns the request that an HTTP request carries.
  ///
  /// @throws MalformedException if a part has another form, or a parameter is unknown or missing
  public static <Q extends Record> Q bind(Operation<Q, ?> operation, RequestParts parts) {
    RecordCodec codec = DeskJson.requests(operation);
    Map<String, Object> outside = new LinkedHashMap<>();
    Set<String> reserved = new LinkedHashSet<>();
    Map<String, String> query = query(operation, parts.query());
    List<String> names = operation.route().names();
    Bytes document = operation.route().body() == Body.JSON ? parts.body() : Bytes.EMPTY;
    for (RecordComponent component : operation.request().getRecordComponents()) {
      String name = RecordCodec.name(component);
      Object value = null;
      if (component.isAnnotationPresent(InPath.class)) {
        value = decoded(parts.values().get(names.indexOf(name)).replace("+", "%2B"));
      } else if (component.isAnnotationPresent(InQuery.class)) {
        value = queried(component, query.get(name));
      } else if (component.isAnnotationPresent(InBody.class)) {
        value = parts.body();
      } else {
        continue;
      }
      reserved.add(name);
      if (value != null) {
        outside.put(name, value);
      }
    }
    return reserved.isEmpty()
        ? codec.decode(operation.request(), document)
        : codec.decode(operation.request(), document, outside, reserved);
  }

  /// Returns the parts of the HTTP request that carries a request.
  public static <Q extends Record> RequestParts parts(Operation<Q, ?> operation, Q request) {
    Map<String, String> path = new LinkedHashMap<>();
    StringJoiner query = new StringJoiner("&");
    Map<String, Object> fields = new LinkedHashMap<>();
    Bytes body = Bytes.EMPTY;
    for (RecordComponent component : operation.request().getRecordComponents()) {
      String name = RecordCodec.name(component);
      Object value = value(component, request);
      if (value == null) {
        continue;
      }
      if (component.isAnnotationPresent(InPath.class)) {
        path.put(name, encoded(DeskJson.text(value)));
      } else if (component.isAnnotationPresent(InQuery.class)) {
        if (!Boolean.FALSE.equals(value)) {
          query.add(name + "=" + encoded(DeskJson.text(value)));
        }
      } else if (component.isAnnotationPresent(InBody.class)) {
        body = (Bytes) value;
      } else {
        fields.put(name, value);
      }
    }
    return new RequestParts(
        operation.route().names().stream().map(path::get).toList(),
        query.toString(),
        operation.route().body() == Body.JSON ? DeskJson.fields(fields) : body);
  }

  static @Nullable Object value(RecordComponent component, Record request) {
    try {
      return component.getAccessor().invoke(request);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static Map<String, String> query(Operation<?, ?> operation, String text) {
    List<String> known =
        Stream.of(operation.request().getRecordComponents())
            .filter(component -> component.isAnnotationPresent(InQuery.class))
            .map(RecordCodec::name)
            .toList();
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split("&", -1))) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!known.contains(name)) {
        throw new MalformedException(
            "cannot read the request: expected %s in the query, found unknown parameter `%s`"
                .formatted(parameters(known), Excerpt.of(name)));
      }
      if (query.put(name, value) != null) {
        throw new MalformedException(
            "cannot read the request: expected `%s` once in the query, found it twice"
                .formatted(name));
      }
    }
    return query;
  }

  private static String parameters(List<String> known) {
    List<String> quoted = new ArrayList<>();
    known.forEach(each -> quoted.add("`" + each + "`"));
    return quoted.isEmpty() ? "no parameter" : String.join(", ", quoted);
  }

  /// In a query a plus sign means a space, which a version never has.
  private static @Nullable String queried(RecordComponent component, @Nullable String value) {
    return value != null && component.getType() == CrateVersion.class
        ? value.replace(' ', '+')
        : value;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "cannot read the request: expected two hex digits after each percent sign, found '%s'"
              .formatted(Excerpt.of(text)),
          e);
    }
  }
}
