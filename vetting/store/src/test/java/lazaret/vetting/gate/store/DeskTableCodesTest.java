package lazaret.vetting.gate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The names of tables, which stores out there hold and may never change.
class DeskTableCodesTest {
  @Test
  void codesStay() {
    assertThat(Stream.of(DeskTable.values()).map(DeskTable::code))
        .containsExactlyInAnyOrder(
            "acknowledged-alarms",
            "carried-files",
            "crate-names",
            "crate-owners",
            "documentation",
            "drafts",
            "git-sources",
            "imported-artifacts",
            "inspection-results",
            "line-notes",
            "logins",
            "people",
            "publications",
            "read-content",
            "refusals",
            "retention",
            "sessions",
            "sign-ins",
            "site-files");
  }

  /// A backup has all tables except those of credentials, of drafts and of short use.
  @Test
  void backupsLeaveFiveTablesOut() {
    assertThat(Stream.of(DeskTable.values()).filter(table -> !table.isBackedUp()))
        .containsExactlyInAnyOrder(
            DeskTable.SESSIONS,
            DeskTable.DRAFTS,
            DeskTable.LOGINS,
            DeskTable.SIGN_INS,
            DeskTable.REFUSALS);
  }
}
