package lazaret.vetting.deskapi;

import java.util.List;

/// The operations of the desk API.
public final class Operations {
  /// The beginning of each path.
  public static final String PREFIX = "/desk/v1";

  private static final List<Operation<?, ?>> ALL =
      List.of(
          StoreOperations.PROOF,
          StoreOperations.STATUS,
          CrateOperations.CRATE,
          CrateOperations.VERSION,
          CrateOperations.PAST_VERDICT,
          ReviewOperations.REVIEW,
          ReviewOperations.DIFF,
          ReviewOperations.DIFF_ROWS,
          ReviewOperations.DIFF_CONTEXT,
          ReadingOperations.READING,
          ReviewOperations.DIFF_FIND,
          ReadingOperations.MARK_READ,
          ReadingOperations.READERS,
          ReadingOperations.NOTES,
          ReadingOperations.ADD_NOTE,
          ReadingOperations.REMOVE_NOTE,
          ReadingOperations.DRAFT,
          ReadingOperations.PUT_DRAFT,
          ReadingOperations.REMOVE_DRAFT,
          LockfileOperations.VERIFY,
          ReviewOperations.ARTIFACT,
          ReviewOperations.DETONATION,
          ReviewOperations.CAPABILITIES,
          ReviewOperations.BEHAVIOR,
          LockfileOperations.READING_LIST,
          LockfileOperations.CLOSURE,
          DecisionOperations.DECIDE,
          LockfileOperations.PREFETCH,
          RequestOperations.QUEUE,
          RequestOperations.QUEUE_GROUPS,
          RequestOperations.QUEUED_VERSION,
          RequestOperations.STEP,
          RequestOperations.STEPS,
          RequestOperations.UNBLOCKED_LOCKFILES,
          RequestOperations.SUBMIT,
          RequestOperations.OWN_REQUESTS,
          RequestOperations.OWN_REQUESTS_FEED,
          RequestOperations.DECISIONS_FEED,
          RequestOperations.REFUSAL,
          RequestOperations.REFUSAL_BY_ID,
          DecisionOperations.EXPIRING,
          CrateOperations.REMOVALS,
          CrateOperations.CONFIRM_REMOVALS,
          EventOperations.EVENTS,
          EventOperations.VERIFY_LEDGER,
          FeedOperations.FEEDS,
          FeedOperations.REFRESH_FEEDS,
          FeedOperations.IMPORT_FEED,
          FeedOperations.FETCH_FEED,
          FeedOperations.REMOVE_FEED,
          FeedOperations.ADVISORY,
          CrateOperations.BLAST_RADIUS,
          SearchOperations.SEARCH,
          SearchOperations.INVENTORY,
          AuditOperations.AUDITS,
          AuditOperations.EXPORT_AUDITS,
          AuditOperations.IMPORT_AUDITS,
          AuditOperations.REFRESH_AUDITS,
          AuditOperations.AUDITS_OF_CRATE,
          AuditOperations.AUDITS_OF_VERSION,
          AuditOperations.REMOVE_AUDITS,
          PolicyOperations.POLICY,
          PolicyOperations.CHECK_POLICY,
          TokenOperations.TOKENS,
          TokenOperations.CREATE_TOKEN,
          TokenOperations.REVOKE_TOKEN,
          PeopleOperations.PEOPLE,
          PeopleOperations.END_SESSIONS,
          LoginOperations.START_LOGIN,
          LoginOperations.POLL_LOGIN,
          LoginOperations.PENDING_LOGIN,
          LoginOperations.ANSWER_LOGIN,
          LoginOperations.WHO_AM_I,
          LoginOperations.END_LOGIN,
          StoreOperations.IMPORT_INDEX,
          StoreOperations.IMPORT_CRATE,
          StoreOperations.NOTE_IMPORT,
          BundleOperations.SNAPSHOTS,
          BundleOperations.TRUST,
          BundleOperations.EXPORT,
          BundleOperations.IMPORT,
          BundleOperations.ROLLBACK,
          StoreOperations.OPERATIONS,
          StoreOperations.FSCK,
          StoreOperations.BACKUP);

  private Operations() {}

  /// Returns all operations, in the order of the manual.
  public static List<Operation<?, ?>> all() {
    return ALL;
  }
}
