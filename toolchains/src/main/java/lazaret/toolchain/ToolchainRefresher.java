package lazaret.toolchain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lazaret.toolchain.ToolchainSettings.Followed;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The daily look at the configured channels. A newer manifest, or another selection than the
/// stored one, is admitted if the channel says so; else it is proposed to people. Thread-safe.
public final class ToolchainRefresher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ToolchainRefresher.class.getName());
  private static final Duration FIRST = Duration.ofMinutes(2);

  /// The pause after a look at all channels.
  static final Duration INTERVAL = Duration.ofDays(1);

  /// The pause after a look that failed, and of a node that is not the leader.
  static final Duration AGAIN = Duration.ofHours(1);

  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final ToolchainService service;
  private final List<Followed> channels;
  private final InstantSource clock;
  private final Map<String, Found> proposals = new ConcurrentSkipListMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /// A manifest, or a selection, that waits for a person.
  ///
  /// @param selection the configured selection
  /// @param manifest the SHA-256 of the manifest that its source states
  /// @param newer whether the gate has another manifest, or none; if not, it has another selection
  public record Proposal(
      ChannelSelection selection, Sha256 manifest, boolean newer, Instant found) {}

  /// A manifest that was found.
  private record Found(Sha256 manifest, Instant at) {}

  /// Creates a refresher that does nothing before [#start].
  public ToolchainRefresher(
      ToolchainService service, List<Followed> channels, InstantSource clock) {
    this.service = service;
    this.channels = List.copyOf(channels);
    this.clock = clock;
  }

  /// Starts the work in the background, if channels are configured.
  public void start(Leader leader) {
    start(leader, FIRST);
  }

  /// Starts the work with another pause before the first look.
  void start(Leader leader, Duration first) {
    if (!channels.isEmpty()) {
      thread = Thread.ofVirtual().name("toolchains").start(() -> watch(leader, first));
    }
  }

  private void watch(Leader leader, Duration first) {
    Duration pause = first;
    try {
      while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = look(leader);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks at all channels, and returns the pause after it. A node that does not lead may lead
  /// soon.
  Duration look(Leader leader) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    try {
      if (!leader.run(() -> done.set(refresh()))) {
        propose();
      }
    } catch (LazaretException e) {
      LOG.log(System.Logger.Level.WARNING, "toolchains were not refreshed: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "toolchains are refreshed later", e);
    }
    return done.get() ? INTERVAL : AGAIN;
  }

  /// Looks at each channel once. A failure of one does not prevent the others.
  ///
  /// @return whether none failed
  boolean refresh() {
    return refresh(true);
  }

  /// Looks at each channel that waits for an order, for what this node shows.
  void propose() {
    boolean _ = refresh(false);
  }

  private boolean refresh(boolean admits) {
    boolean done = true;
    for (Followed channel : channels) {
      if (ended.getCount() == 0) {
        return false;
      }
      try {
        refresh(channel, admits);
      } catch (LazaretException e) {
        done = false;
        LOG.log(
            System.Logger.Level.WARNING,
            "the toolchain {0} was not refreshed: {1}",
            channel.selection().channel(),
            e.getMessage());
      } catch (RuntimeException e) {
        done = false;
        // The manifest of one channel, which is foreign data, must not prevent the others.
        LOG.log(
            System.Logger.Level.ERROR,
            "the toolchain " + channel.selection().channel() + " is refreshed later",
            e);
      }
    }
    return done;
  }

  private void refresh(Followed channel, boolean admits) {
    if (channel.automatic() && !admits) {
      return;
    }
    String name = channel.selection().channel();
    Found present = new Found(service.present(channel.selection()), clock.instant());
    boolean current = proposal(channel, present).isEmpty();
    if (!current && channel.automatic()) {
      ToolchainChannel _ =
          service.admit(new ToolchainService.Order(channel.selection(), Notice.GATE, null));
    }
    if (current || channel.automatic()) {
      proposals.remove(name);
      return;
    }
    Found before = proposals.get(name);
    if (before == null || !before.manifest().equals(present.manifest())) {
      proposals.put(name, present);
    }
  }

  /// Returns the proposal to admit a manifest, or empty if the gate has it with the selection.
  private Optional<Proposal> proposal(Followed channel, Found found) {
    ChannelSelection selection = channel.selection();
    ToolchainChannel stored = service.find(selection).orElse(null);
    boolean newer = stored == null || !stored.row().sha256().equals(found.manifest());
    boolean other = stored == null || !stored.selection().selectsSame(selection);
    return newer || other
        ? Optional.of(new Proposal(selection, found.manifest(), newer, found.at()))
        : Optional.empty();
  }

  /// Returns what waits for a person, as this server found it. It leaves out what was admitted
  /// since, at this node or another one.
  public List<Proposal> proposals() {
    List<Proposal> waiting = new ArrayList<>();
    for (Followed channel : channels) {
      Found found = proposals.get(channel.selection().channel());
      if (found != null) {
        proposal(channel, found).ifPresent(waiting::add);
      }
    }
    return waiting;
  }

  /// Forgets the proposal of a channel that was admitted.
  void settled(String channel) {
    proposals.remove(channel);
  }

  /// Ends the work after the channel that is being refreshed.
  @Override
  public void close() {
    ended.countDown();
    Thread running = thread;
    if (running != null) {
      try {
        boolean _ = running.join(STOP_WAIT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
