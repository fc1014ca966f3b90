package lazaret.vetting.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The mapping of records to JSON by their declarations alone. Annotations of Jackson have no
/// effect.
final class RecordIntrospector extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  /// The field that names the record of a sealed interface.
  static final String KIND = "kind";

  /// The components of each record. Their annotations take long to read, and databind requests them
  /// several times.
  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
      };

  private record Component(String name, Class<?> type, boolean nullable, boolean inline) {
    static Component of(RecordComponent component) {
      return new Component(
          component.getName(),
          component.getType(),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class),
          component.isAnnotationPresent(Inline.class));
    }
  }

  /// Returns the treatment of null and of a missing field.
  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    Component component = component(annotated);
    if (component == null) {
      return JsonSetter.Value.empty();
    }
    Class<?> type = component.type();
    Nulls missing;
    if (component.nullable() || type == boolean.class || component.inline()) {
      missing = Nulls.SET;
    } else if (type == List.class || type == Map.class) {
      missing = Nulls.AS_EMPTY;
    } else {
      missing = Nulls.FAIL;
    }
    return JsonSetter.Value.construct(missing, Nulls.FAIL);
  }

  @Override
  public @Nullable NameTransformer findUnwrappingNameTransformer(AnnotatedMember member) {
    Component component = component(member);
    return component != null && component.inline() ? NameTransformer.NOP : null;
  }

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
    return Arrays.stream(constants).map(KebabCase::of).toArray(String[]::new);
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType base) {
    return isUnion(type.getRawType())
        ? new StdTypeResolverBuilder()
            .init(JsonTypeInfo.Id.NAME, null)
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty(KIND)
        : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> type = annotated.getRawType();
    return isUnion(type)
        ? Arrays.stream(type.getPermittedSubclasses())
            .map(each -> new NamedType(each, KebabCase.of(each)))
            .toList()
        : null;
  }

  /// Returns whether a type is a sealed interface of records.
  static boolean isUnion(Class<?> type) {
    return type.isSealed()
        && type.isInterface()
        && Arrays.stream(type.getPermittedSubclasses()).allMatch(Class::isRecord);
  }

  private static @Nullable Component component(Annotated annotated) {
    if (!(annotated instanceof AnnotatedMember member) || !member.getDeclaringClass().isRecord()) {
      return null;
    }
    List<Component> components = COMPONENTS.get(member.getDeclaringClass());
    if (member instanceof AnnotatedParameter parameter) {
      return parameter.getOwner().getParameterCount() == components.size()
          ? components.get(parameter.getIndex())
          : null;
    }
    return components.stream()
        .filter(each -> each.name().equals(member.getName()))
        .findFirst()
        .orElse(null);
  }
}
