package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.webdesk.WebDeskHandler;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.StoreOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeskBudgetTest {
  static Stream<Operation<?, ?>> ofAdministrators() {
    return Operations.all().stream().filter(each -> each.access() == Access.ADMIN);
  }

  @ParameterizedTest
  @MethodSource("ofAdministrators")
  void operationsOfAdministratorsUseNoQuery(Operation<?, ?> operation) {
    assertThat(DeskBudget.units(operation)).isZero();
  }

  @Test
  void queriesThatReadManyRecordsUseMoreThanOthers() {
    assertThat(
            List.of(
                DeskBudget.units(LockfileOperations.VERIFY),
                DeskBudget.units(StoreOperations.STATUS)))
        .containsOnly(ServerBudgets.EXPENSIVE_QUERY);
  }

  @Test
  void lockfilesUseMoreMemoryThanOtherDocuments() {
    assertThat(DeskBudget.multiple(LockfileOperations.VERIFY))
        .isGreaterThan(DeskBudget.multiple(StoreOperations.FSCK));
    assertThat(DeskBudget.multiple(StoreOperations.IMPORT_CRATE)).isEqualTo(1);
  }

  @Test
  void aPastedLockfileUsesAsMuchMemoryAsOneInJson() {
    assertThat(WebDeskHandler.FORM_MULTIPLE)
        .isEqualTo(DeskBudget.multiple(LockfileOperations.VERIFY));
  }
}
