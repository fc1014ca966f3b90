package lazaret.vetting.desk.api;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestBinder;
import lazaret.vetting.deskapi.RequestParts;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.gate.feeds.FeedRefresher;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The desk API as a function. The HTTP server calls it, and commands that opened a store.
/// Thread-safe; blocks.
public final class DeskApi {
  private static final System.Logger LOG = System.getLogger(DeskApi.class.getName());

  /// The largest reply: a thirty-second of the heap, so that several fit into it.
  private static final int MAX_BYTES =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / 32, 16L << 20, 1L << 30);

  private final HandlerTable handlers = new HandlerTable();
  private final RunningOperations running = new RunningOperations();
  private final HealthCheck health;

  /// The parts of a program that the API needs in addition to a desk.
  ///
  /// @param feeds fetches feeds
  /// @param audits fetches audits
  /// @param bundles the service of bundles; null if the program was started without one
  /// @param version the version of the program, for the status
  /// @param detonations the evidence of sandbox builds
  /// @param others the handlers of other modules
  /// @param health the health of the gate, which counts refused decisions
  public record Parts(
      FeedRefresher feeds,
      AuditRefresher audits,
      @Nullable BundleService bundles,
      String version,
      DetonationLookup detonations,
      List<HandlerSource> others,
      HealthCheck health) {
    public Parts {
      others = List.copyOf(others);
    }
  }

  /// The check of the health of a gate. Thread-safe.
  public interface HealthCheck {
    /// The check of a gate whose health is unknown.
    HealthCheck NONE =
        new HealthCheck() {
          @Override
          public List<HealthItemInfo> items() {
            return List.of();
          }

          @Override
          public void refused(Problem decision) {}
        };

    /// Returns the health of each part.
    List<HealthItemInfo> items();

    /// Records that a decision was refused.
    ///
    /// @param decision the gravest cause
    void refused(Problem decision);
  }

  /// Creates the API of a desk.
  ///
  /// @throws IllegalStateException if an operation has no handler
  public DeskApi(Desk desk, Parts parts) {
    this.health = parts.health();
    BundleHandlers bundles = new BundleHandlers(desk, parts.bundles(), running);
    new StatusHandlers(desk, bundles, parts).addTo(handlers);
    new CrateHandlers(desk, parts.detonations()).addTo(handlers);
    new ReviewHandlers(desk, parts.detonations()).addTo(handlers);
    new CapabilityHandlers(desk).addTo(handlers);
    new DiffHandlers(desk).addTo(handlers);
    new LockfileHandlers(desk).addTo(handlers);
    new ClosureHandlers(desk).addTo(handlers);
    new PrefetchHandlers(desk).addTo(handlers);
    new DecisionHandlers(desk).addTo(handlers);
    new QueueHandlers(desk).addTo(handlers);
    new RefusalHandlers(desk).addTo(handlers);
    new EventHandlers(desk).addTo(handlers);
    new SearchHandlers(desk).addTo(handlers);
    new FeedHandlers(desk, parts.feeds()).addTo(handlers);
    new AuditHandlers(desk, parts.audits()).addTo(handlers);
    new PolicyHandlers(desk).addTo(handlers);
    new TokenHandlers(desk.tokens()).addTo(handlers);
    new StoreHandlers(desk, running).addTo(handlers);
    bundles.addTo(handlers);
    parts.others().forEach(each -> each.addTo(handlers));
    handlers.requireAll(
        Operations.all().stream().filter(each -> each.access() != Access.PUBLIC).toList());
  }

  /// Returns the long operations that run.
  public RunningOperations running() {
    return running;
  }

  /// Calls an operation. Each failure is a refused reply; nothing is thrown.
  public <Q extends Record, R extends Record> Reply<R> call(
      Operation<Q, R> operation, Q request, Caller caller) {
    return noted(operation, reply(operation, request, caller));
  }

  private <R extends Record> Reply<R> noted(Operation<?, R> operation, Reply<R> reply) {
    if (operation.equals(DecisionOperations.DECIDE) && reply instanceof Reply.Refused<R> refused) {
      health.refused(refused.problems().getFirst());
    }
    return reply;
  }

  private <Q extends Record, R extends Record> Reply<R> reply(
      Operation<Q, R> operation, Q request, Caller caller) {
    if (!caller.may(operation.access())) {
      return Reply.refused(new Problem(ErrorCode.FORBIDDEN, lacks(operation.access(), caller)));
    }
    try {
      R value = handlers.of(operation).handle(request, caller);
      return new Reply.Done<>(value, () -> DeskJson.encode(value, MAX_BYTES));
    } catch (ProblemException e) {
      return Reply.refused(e.problems(), e.retryAfter());
    } catch (MalformedException | IllegalArgumentException e) {
      return refused(ErrorCode.MALFORMED_INPUT, e);
    } catch (LazaretException e) {
      return refused(e.code(), e);
    } catch (RuntimeException e) {
      // The trace is for the log: it would show a caller the structure of the program.
      LOG.log(ERROR, "operation " + operation + " failed", e);
      return Reply.refused(
          new Problem(
              ErrorCode.INTERNAL, "a defect of the gate: the log has the trace; please report it"));
    }
  }

  /// Calls an operation with the parts of an HTTP request. Scope and size are checked before the
  /// request is read. Each failure is a refused reply; nothing is thrown.
  public <Q extends Record, R extends Record> Reply<R> serve(
      Operation<Q, R> operation, RequestParts parts, Caller caller) {
    if (!caller.may(operation.access())) {
      return noted(
          operation,
          Reply.refused(new Problem(ErrorCode.FORBIDDEN, lacks(operation.access(), caller))));
    }
    int limit = operation.route().body().maxBytes();
    if (parts.body().length() > limit) {
      return Reply.refused(
          new Problem(
              ErrorCode.TOO_LARGE,
              "expected a body of at most %d bytes, found %d"
                  .formatted(limit, parts.body().length())));
    }
    Q request;
    try {
      request = RequestBinder.bind(operation, parts);
    } catch (MalformedException e) {
      return refused(e.code(), e);
    }
    return call(operation, request, caller);
  }

  private static String lacks(Access access, Caller caller) {
    return "%s '%s' lacks the role '%s'"
        .formatted(
            caller.method() == SignInMethod.BROWSER ? "the person" : "token",
            caller.name(),
            access.role().code());
  }

  private static <R extends Record> Reply<R> refused(ErrorCode code, RuntimeException e) {
    String message = e.getMessage();
    return Reply.refused(
        new Problem(code, message == null ? e.getClass().getSimpleName() : message));
  }
}
