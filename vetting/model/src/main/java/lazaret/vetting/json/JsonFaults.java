package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The messages about documents that do not have the form of their record.
///
/// @param document the document in messages: `the request`
/// @param textTypes the types that JSON has as strings, by their class
record JsonFaults(String document, JsonLimits limits, Map<Class<?>, TextType<?>> textTypes) {
  /// Returns the exception for a fault that Jackson found.
  MalformedException of(IOException found, Class<?> type) {
    IOException fault = root(found);
    return switch (fault) {
      case StreamConstraintsException _ ->
          fault(
              "expected at most %d bytes, %d levels and %d values, found more"
                  .formatted(limits.maxBytes(), limits.maxDepth(), limits.maxValues()),
              fault);
      case UnrecognizedPropertyException unknown ->
          fault(unknownField(known(unknown), path(unknown)), fault);
      case InvalidNullException missing -> fault(missing(missing), fault);
      case InvalidTypeIdException kind -> fault(kind(kind), fault);
      case InvalidFormatException value -> fault(value(value), fault);
      case MismatchedInputException value ->
          fault(
              "expected %s%s, found %s"
                  .formatted(form(value.getTargetType()), as(path(value)), token(value)),
              fault);
      case JsonMappingException other when other.getCause() instanceof MalformedException cause ->
          fault(at(path(other)) + cause.getMessage(), fault);
      case JsonProcessingException json ->
          fault(
              "expected a JSON object for %s, found '%s'"
                  .formatted(
                      KebabCase.of(type), Excerpt.of(String.valueOf(json.getOriginalMessage()))),
              fault);
      default -> fault("expected a JSON object, found something else", fault);
    };
  }

  /// Returns the fault of the parser below those that name the place, or the fault itself.
  private static IOException root(IOException fault) {
    IOException root = fault;
    while (root instanceof JsonMappingException
        && root.getCause() instanceof JsonProcessingException cause) {
      root = cause;
    }
    return root;
  }

  /// Returns the exception for a field that the document must not have.
  MalformedException unknown(Class<?> type, String name) {
    List<String> known =
        Arrays.stream(type.getRecordComponents())
            .map(RecordCodec::name)
            .filter(each -> !each.equals(name))
            .toList();
    return fault(unknownField(known, name), null);
  }

  /// Returns the exception for a document after which something follows.
  MalformedException trailing() {
    return fault("expected one object, found more after it", null);
  }

  /// Returns the exception for a text of another form.
  MalformedException expected(String form, String field, String found) {
    return fault("expected %s as `%s`, found '%s'".formatted(form, field, Excerpt.of(found)), null);
  }

  /// Returns the exception for a document that would be too long.
  MalformedException tooLong(int maxBytes) {
    return new MalformedException(
        "cannot write %s: expected at most %d bytes, found more; ask for less, or give the server more heap"
            .formatted(document, maxBytes));
  }

  private MalformedException fault(String text, @Nullable Throwable cause) {
    return new MalformedException("cannot read %s: %s".formatted(document, text), cause);
  }

  /// Returns the known fields in the order of the record, then those of inlined records.
  private static Collection<?> known(UnrecognizedPropertyException unknown) {
    Collection<Object> known = unknown.getKnownPropertyIds();
    if (known == null) {
      return List.of();
    }
    Class<?> type = unknown.getReferringClass();
    Set<Object> ordered = new LinkedHashSet<>();
    if (type != null && type.isRecord()) {
      Arrays.stream(type.getRecordComponents()).map(RecordCodec::name).forEach(ordered::add);
      ordered.retainAll(known);
    }
    ordered.addAll(known);
    return ordered;
  }

  private static String unknownField(Collection<?> known, String path) {
    String expected =
        known.isEmpty()
            ? "no field"
            : known.stream()
                .map(each -> "`" + each + "`")
                .collect(Collectors.joining(", ", known.size() == 1 ? "" : "one of ", ""));
    return "expected %s, found unknown field `%s`".formatted(expected, path);
  }

  private static String missing(InvalidNullException missing) {
    List<JsonMappingException.Reference> path = missing.getPath();
    return !path.isEmpty() && path.getLast().getIndex() >= 0
        ? "expected a value as `%s`, found null".formatted(path(missing))
        : "`%s` is missing".formatted(path(missing));
  }

  private static String kind(InvalidTypeIdException kind) {
    String found = kind.getTypeId();
    return found == null
        ? "%s`%s` is missing".formatted(at(path(kind)), RecordIntrospector.KIND)
        : "expected a known `%s`%s, found '%s'"
            .formatted(RecordIntrospector.KIND, as(path(kind)), Excerpt.of(found));
  }

  /// Returns the clause about a string or number that has another form.
  private String value(InvalidFormatException value) {
    String detail = value.getOriginalMessage();
    TextType<?> type = textTypes.get(value.getTargetType());
    return type != null && !detail.isEmpty()
        ? at(path(value)) + detail
        : "expected %s%s, found '%s'"
            .formatted(
                form(value.getTargetType()),
                as(path(value)),
                Excerpt.of(String.valueOf(value.getValue())));
  }

  private String form(@Nullable Class<?> type) {
    if (type == null) {
      return "a value of another type";
    }
    TextType<?> text = textTypes.get(type);
    if (text != null) {
      return text.expected();
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(each -> KebabCase.of((Enum<?>) each))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String token(MismatchedInputException value) {
    JsonToken token = value.getProcessor() instanceof JsonParser json ? json.currentToken() : null;
    return switch (token) {
      case null -> "the end";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case START_ARRAY, END_ARRAY -> "a list";
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
      case VALUE_NULL -> "null";
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
    };
  }

  private static String as(String path) {
    return path.isEmpty() ? "" : " as `%s`".formatted(path);
  }

  private static String at(String path) {
    return path.isEmpty() ? "" : "`%s`: ".formatted(path);
  }

  /// Returns the place of a fault, made printable: `versions[2].cksum`.
  private static String path(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return Excerpt.of(path.toString());
  }
}
