package lazaret.mirror.server;

import java.util.Set;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.PeopleOperations;
import lazaret.vetting.deskapi.PolicyOperations;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.ResultOperations;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.SearchOperations;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.roles.DeskRole;

/// The shares of the budgets that requests of the desk use.
final class DeskBudget {
  /// The factor for a lockfile in JSON, which is in memory as bytes, text, lines and packages in
  /// the worst case.
  private static final int READ_MULTIPLE = 16;

  private static final int JSON_MULTIPLE = 4;

  private static final Set<Operation<?, ?>> EXPENSIVE =
      Set.of(
          StoreOperations.STATUS,
          LockfileOperations.READING_LIST,
          ReviewOperations.DIFF,
          ReviewOperations.DIFF_ROWS,
          ReviewOperations.DIFF_CONTEXT,
          ReviewOperations.DIFF_FIND,
          ReadingOperations.READING,
          ReadingOperations.MARK_READ,
          ReadingOperations.READERS,
          ReadingOperations.ADD_NOTE,
          DecisionOperations.DECIDE,
          LockfileOperations.VERIFY,
          LockfileOperations.CLOSURE,
          RequestOperations.QUEUE,
          RequestOperations.QUEUE_GROUPS,
          RequestOperations.UNBLOCKED_LOCKFILES,
          RequestOperations.OWN_REQUESTS,
          RequestOperations.OWN_REQUESTS_FEED,
          RequestOperations.DECISIONS_FEED,
          RequestOperations.SUBMIT,
          DecisionOperations.EXPIRING,
          CrateOperations.REMOVALS,
          EventOperations.EVENTS,
          EventOperations.VERIFY_LEDGER,
          CrateOperations.BLAST_RADIUS,
          ReviewOperations.CAPABILITIES,
          ReviewOperations.BEHAVIOR,
          SearchOperations.SEARCH,
          SearchOperations.INVENTORY,
          HostingOperations.CRATES,
          RetentionOperations.ARTIFACTS,
          PolicyOperations.CHECK_POLICY);

  /// Operations of administrators, those that wait for upstream or the sandbox, and the proof,
  /// which the listener answers.
  private static final Set<Operation<?, ?>> FREE =
      Set.of(
          StoreOperations.PROOF,
          LockfileOperations.PREFETCH,
          ReviewOperations.ORDER_DETONATION,
          CrateOperations.CONFIRM_REMOVALS,
          FeedOperations.REFRESH_FEEDS,
          FeedOperations.IMPORT_FEED,
          FeedOperations.FETCH_FEED,
          FeedOperations.REMOVE_FEED,
          AuditOperations.IMPORT_AUDITS,
          AuditOperations.REFRESH_AUDITS,
          AuditOperations.REMOVE_AUDITS,
          TokenOperations.TOKENS,
          TokenOperations.CREATE_TOKEN,
          TokenOperations.REVOKE_TOKEN,
          HostingOperations.CHANGE_OWNERS,
          HostingOperations.DELETE,
          HostingOperations.IMPORT,
          HostingOperations.ACKNOWLEDGE_ALARM,
          PeopleOperations.PEOPLE,
          PeopleOperations.END_SESSIONS,
          PeopleOperations.REMOVE_PERSON,
          RetentionOperations.TRY_RETENTION,
          RetentionOperations.RESUME_RETENTION,
          DocumentationOperations.BUILD,
          DocumentationOperations.REMOVE,
          ResultOperations.RESULTS,
          ResultOperations.REVOKE_RESULTS,
          StoreOperations.IMPORT_INDEX,
          StoreOperations.IMPORT_CRATE,
          StoreOperations.NOTE_IMPORT,
          BundleOperations.EXPORT,
          BundleOperations.IMPORT,
          BundleOperations.ROLLBACK,
          GitSourceOperations.ADMIT_GIT_SOURCES,
          ToolchainOperations.ADMIT_TOOLCHAIN,
          ToolchainOperations.REMOVE_TOOLCHAIN,
          ToolchainOperations.CHECK_TOOLCHAINS,
          SiteFileOperations.REMOVE_SITE_FILE,
          SiteFileOperations.CHECK_SITE_FILES,
          SiteFileOperations.COPY_SITE_FILES,
          SiteFileOperations.EXTRACT_SITE_FILES,
          StoreOperations.CLUSTER,
          StoreOperations.OPERATIONS,
          StoreOperations.FSCK,
          StoreOperations.BACKUP);

  private DeskBudget() {}

  /// Returns the number of bytes of heap that each byte of a body uses.
  static int multiple(Operation<?, ?> operation) {
    return switch (operation.route().body()) {
      case NONE, BYTES -> 1;
      case JSON ->
          operation.access().roles().contains(DeskRole.READER) ? READ_MULTIPLE : JSON_MULTIPLE;
    };
  }

  /// Returns the units of a query; 0 for operations of administrators, and for those that wait for
  /// upstream.
  static int units(Operation<?, ?> operation) {
    if (FREE.contains(operation)) {
      return 0;
    }
    return EXPENSIVE.contains(operation) ? ServerBudgets.EXPENSIVE_QUERY : ServerBudgets.QUERY;
  }
}
