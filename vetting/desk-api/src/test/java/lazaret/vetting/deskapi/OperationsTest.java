package lazaret.vetting.deskapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import lazaret.vetting.json.Inline;
import lazaret.vetting.json.RecordCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationsTest {
  static List<Operation<?, ?>> all() {
    return Operations.all();
  }

  @Test
  void hasEachOperationOnce() {
    assertThat(Operations.all()).hasSize(126).doesNotHaveDuplicates();
    assertThat(Operations.all().stream().map(Operation::id)).doesNotHaveDuplicates();
    assertThat(Operations.all().stream().map(each -> each.route().method() + each.route().path()))
        .doesNotHaveDuplicates();
  }

  @Test
  void listsEachConstantOfTheAreas() throws IllegalAccessException {
    Set<Object> constants = new HashSet<>();
    for (Class<?> area :
        List.of(
            AuditOperations.class,
            BundleOperations.class,
            CrateOperations.class,
            DecisionOperations.class,
            DocumentationOperations.class,
            EventOperations.class,
            FeedOperations.class,
            GitSourceOperations.class,
            HostingOperations.class,
            LockfileOperations.class,
            LoginOperations.class,
            PeopleOperations.class,
            PolicyOperations.class,
            ReadingOperations.class,
            RequestOperations.class,
            ResultOperations.class,
            RetentionOperations.class,
            ReviewOperations.class,
            SearchOperations.class,
            SiteFileOperations.class,
            StoreOperations.class,
            TokenOperations.class,
            ToolchainOperations.class)) {
      for (var field : area.getDeclaredFields()) {
        constants.add(field.get(null));
      }
    }

    assertThat(constants).isEqualTo(Set.copyOf(Operations.all()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasAComponentForEachNameOfThePath(Operation<?, ?> operation) {
    assertThat(names(operation, InPath.class)).isEqualTo(operation.route().names());
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasFieldsOnlyWithAJsonBody(Operation<?, ?> operation) {
    Stream<RecordComponent> fields =
        Stream.of(operation.request().getRecordComponents())
            .filter(
                each ->
                    !each.isAnnotationPresent(InPath.class)
                        && !each.isAnnotationPresent(InQuery.class)
                        && !each.isAnnotationPresent(InBody.class));

    if (operation.route().body() != Body.JSON) {
      assertThat(fields).isEmpty();
    }
    assertThat(names(operation, InBody.class))
        .hasSize(operation.route().body() == Body.BYTES ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasASummaryInTheFormOfAHelpHeader(Operation<?, ?> operation) {
    assertThat(operation.summary()).matches("[A-Z][a-z]+,? .*[^.]").hasSizeLessThanOrEqualTo(72);
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasNoFieldTwice(Operation<?, ?> operation) {
    assertThat(fields(operation.reply())).doesNotHaveDuplicates();
    assertThat(fields(operation.request())).doesNotHaveDuplicates();
  }

  private static List<String> names(
      Operation<?, ?> operation, Class<? extends java.lang.annotation.Annotation> place) {
    return Stream.of(operation.request().getRecordComponents())
        .filter(each -> each.isAnnotationPresent(place))
        .map(RecordCodec::name)
        .toList();
  }

  private static List<String> fields(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .flatMap(
            each ->
                each.isAnnotationPresent(Inline.class)
                    ? fields(each.getType()).stream()
                    : Stream.of(RecordCodec.name(each)))
        .toList();
  }
}
