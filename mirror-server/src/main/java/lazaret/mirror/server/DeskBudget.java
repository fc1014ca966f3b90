package lazaret.mirror.server;

import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.deskapi.DeskRoute;
import lazaret.vetting.gate.store.Token;

/// The shares of the budgets that requests of the desk use.
final class DeskBudget {
  /// The factor for a lockfile in JSON, which is in memory as bytes, text, lines and packages in
  /// the worst case.
  private static final int READ_MULTIPLE = 16;

  private static final int JSON_MULTIPLE = 4;

  private DeskBudget() {}

  /// Returns the number of bytes of heap that each byte of a body uses.
  static int multiple(DeskRoute route) {
    return switch (route.body()) {
      case NONE, BYTES -> 1;
      case JSON -> route.scope() == Token.Scope.READ ? READ_MULTIPLE : JSON_MULTIPLE;
    };
  }

  /// Returns the units of a query; 0 for operations of administrators, and for those that wait for
  /// upstream.
  static int units(DeskRoute route) {
    return switch (route) {
      case STATUS,
          READING_LIST,
          DECIDE,
          VERIFY,
          CLOSURE,
          QUEUE,
          REQUEST,
          EXPIRING,
          REMOVALS,
          EVENTS,
          WHO,
          POLICY_CHECK ->
          ServerBudgets.EXPENSIVE_QUERY;
      case REFUSAL,
          REFUSAL_OF_REQUEST,
          CRATE,
          VERSION,
          REVIEW,
          ARTIFACT,
          DETONATION,
          FEEDS,
          ADVISORY,
          AUDITS,
          AUDITS_EXPORT,
          AUDITS_OF_CRATE,
          AUDITS_OF_VERSION,
          POLICY,
          QUEUE_REQUEST,
          QUEUE_ACT,
          SNAPSHOTS,
          TRUST ->
          ServerBudgets.QUERY;
      case PREFETCH,
          REMOVALS_CONFIRM,
          FEEDS_REFRESH,
          FEED_PUT,
          FEED_FETCH,
          FEED_DROP,
          AUDITS_IMPORT,
          AUDITS_REFRESH,
          AUDITS_REMOVE,
          TOKENS,
          TOKEN_CREATE,
          TOKEN_REVOKE,
          IMPORT_INDEX,
          IMPORT_CRATE,
          IMPORTED,
          BUNDLES,
          OPERATIONS,
          FSCK,
          BACKUP ->
          0;
    };
  }
}
