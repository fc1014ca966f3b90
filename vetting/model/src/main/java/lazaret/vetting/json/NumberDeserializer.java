package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import java.io.IOException;
import java.util.function.LongFunction;

/// Reads a component of a primitive integer type. Jackson reads a missing one as 0, whatever the
/// component says of null; here it is refused.
final class NumberDeserializer<T> extends StdScalarDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final transient LongFunction<T> conversion;

  /// @param type `long.class` or `int.class`
  /// @param conversion the conversion to the type; throws [ArithmeticException] for a number beyond
  ///   its range
  NumberDeserializer(Class<T> type, LongFunction<T> conversion) {
    super(type);
    this.conversion = conversion;
  }

  @Override
  public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
    long number = _parseLongPrimitive(json, context);
    try {
      return conversion.apply(number);
    } catch (ArithmeticException _) {
      return refused(context, number);
    }
  }

  @SuppressWarnings("unchecked")
  private T refused(DeserializationContext context, long number) throws IOException {
    return (T) context.handleWeirdNumberValue(handledType(), number, "beyond the range");
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
    throw InvalidNullException.from(context, null, getValueType(context));
  }
}
