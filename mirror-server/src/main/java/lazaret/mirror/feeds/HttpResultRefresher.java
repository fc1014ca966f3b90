package lazaret.mirror.feeds;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.outbound.FeedClient;
import lazaret.results.ResultImportReport;
import lazaret.results.ResultService;
import lazaret.results.ResultSettings;
import lazaret.results.ResultTokenFile;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.Secret;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.index.Validators;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// The scheduled request for new inspection results of other gates. Thread-safe; blocks.
public final class HttpResultRefresher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpResultRefresher.class.getName());

  /// The largest part of a feed, with room for its last line.
  private static final long MAX_PART = 4L << 20;

  /// The parts of one round. A new gate receives the rest in the rounds that follow.
  private static final int MAX_PARTS = 200;

  private final ResultService results;
  private final Map<String, URI> sources;
  private final @Nullable ResultTokenFile tokens;
  private final FeedClient client;
  private final PeriodicTask rounds;

  /// Creates the refresh; nothing is fetched before [#start].
  public HttpResultRefresher(ResultService results, ResultSettings settings, FeedClient client) {
    this.results = results;
    this.sources = settings.sources();
    this.tokens = settings.tokens();
    this.client = client;
    this.rounds = new PeriodicTask("results", settings.refresh(), this::round);
  }

  /// Starts refreshing in the background, if there are sources.
  ///
  /// @param tracer begins the span of each round
  /// @param leader chooses the node that refreshes
  public void start(Tracer tracer, Leader leader) {
    if (!sources.isEmpty()) {
      rounds.start(() -> {}, tracer, leader);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }

  /// Requests the new lines of each source.
  ///
  /// @return whether all sources answered with lines that can be used
  boolean round() {
    boolean done = true;
    for (Map.Entry<String, URI> source : sources.entrySet()) {
      try {
        done &= follow(source.getKey(), source.getValue());
      } catch (LazaretException e) {
        done = false;
        LOG.log(
            System.Logger.Level.WARNING,
            "inspection results of {0} are not refreshed: {1}",
            source.getKey(),
            e.getMessage());
      } catch (RuntimeException e) {
        // The lines of one gate, which are foreign data, must not prevent those of the others.
        done = false;
        LOG.log(
            System.Logger.Level.ERROR,
            "inspection results of " + source.getKey() + " are not refreshed",
            e);
      }
    }
    return done;
  }

  /// Requests the new lines of a source.
  ///
  /// @return whether it answered
  private boolean follow(String name, URI address) {
    Secret authorization = authorization(name);
    ResultImportReport received = ResultImportReport.NONE;
    for (int part = 0; part < MAX_PARTS; part++) {
      URI next = URI.create(address + "?since=" + results.since(name));
      switch (client.fetch(next, Validators.NONE, MAX_PART, authorization)) {
        case FeedClient.Fetched.Received(Bytes file, _) -> {
          long before = results.position(name);
          received = received.plus(results.follow(name, lines(file)));
          if (results.position(name) == before) {
            report(name, received);
            return true;
          }
        }
        case FeedClient.Fetched.NotModified _ -> {
          return true;
        }
        case FeedClient.Fetched.Failed(String why, _) -> {
          LOG.log(
              System.Logger.Level.WARNING,
              "inspection results of {0} are not refreshed: {1}",
              name,
              why);
          return false;
        }
      }
    }
    report(name, received);
    return true;
  }

  private @Nullable Secret authorization(String name) {
    Secret token = tokens == null ? null : tokens.tokens().get(name);
    return token == null ? null : new Secret("Bearer " + token.text());
  }

  private static void report(String name, ResultImportReport received) {
    if (received.others() > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: {1} inspection results of another version of the inspector are not used;"
              + " revocations are in force",
          name,
          received.others());
    }
  }

  private static List<Bytes> lines(Bytes file) {
    List<Bytes> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < file.length(); at++) {
      if (file.at(at) == '\n') {
        lines.add(Bytes.copyOf(file.array(), from, at - from));
        from = at + 1;
      }
    }
    return lines;
  }
}
