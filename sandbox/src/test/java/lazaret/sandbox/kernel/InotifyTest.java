package lazaret.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {
  @TempDir Path dir;

  @Test
  void tellsOpeningAndReadingButNotLookingUp() throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "secret");
    Inotify inotify = Inotify.open();
    int watch = inotify.watch(file);

    assertThat(Files.size(file)).isEqualTo(6);
    assertThat(Files.getLastModifiedTime(file)).isNotNull();
    try (InputStream in = Files.newInputStream(file)) {
      assertThat(in.readAllBytes()).hasSize(6);
    }

    List<Inotify.Event> events = inotify.read();
    assertThat(events.getFirst()).isEqualTo(new Inotify.Event(watch, true));
    assertThat(events).contains(new Inotify.Event(watch, false));
    inotify.release();
  }

  @Test
  void endsItsReaderWhenClosed() throws Exception {
    Inotify inotify = Inotify.open();
    FutureTask<List<Inotify.Event>> reading = new FutureTask<>(inotify::read);
    Thread.ofPlatform().start(reading);

    inotify.close();

    assertThat(reading.get()).isEmpty();
    inotify.release();
    inotify.close();
  }

  @Test
  void namesTheErrorOfTheKernel() throws Exception {
    Inotify inotify = Inotify.open();

    assertThatThrownBy(() -> inotify.watch(dir.resolve("missing")))
        .isInstanceOf(SystemCallException.class)
        .hasMessage("inotify_add_watch: ENOENT");
    inotify.release();
  }
}
