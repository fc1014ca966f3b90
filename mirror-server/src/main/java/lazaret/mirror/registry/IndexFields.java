package lazaret.mirror.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import lazaret.mirror.http.Http1Writer;
import lazaret.mirror.http.HttpResponse;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.serving.IndexOutcome;
import org.jspecify.annotations.Nullable;

/// The header fields of recent responses with index files. Clients request the same files again and
/// again, and the fields of a file change once a second, with its age. Thread-safe.
final class IndexFields {
  private static final int SLOTS = 1 << 10;

  private final HttpDates dates = new HttpDates();
  private final AtomicReferenceArray<@Nullable Made> recent = new AtomicReferenceArray<>(SLOTS);

  /// The forms of a response.
  enum Form {
    /// The file.
    PLAIN(0),
    /// The file as a gzip member.
    GZIP(1),
    /// A file that the client has.
    UNCHANGED(2);

    /// The distance of its place in the table from that of the file.
    private final int distance;

    Form(int distance) {
      this.distance = distance;
    }
  }

  /// The fields of a response, and what they depend on.
  ///
  /// @param age whole seconds since upstream confirmed the file
  /// @param lines null if the library must write the fields
  record Made(
      String etag,
      Form form,
      long age,
      Instant fetchedAt,
      List<HttpResponse.Field> fields,
      @Nullable Bytes lines) {

    private boolean isFor(IndexOutcome.Served served, Form wanted, long now) {
      return age == now
          && form == wanted
          && etag.equals(served.view().etag())
          && fetchedAt.equals(served.freshness().fetchedAt());
    }

    HttpResponse respond(int status, Bytes body) {
      return new HttpResponse(status, fields, body, "", lines);
    }
  }

  /// Returns the fields of a response.
  ///
  /// @param age whole seconds since upstream confirmed the file
  Made of(IndexOutcome.Served served, Form form, long age) {
    if (served.stale()) {
      return make(served, form, age);
    }
    int slot = (served.view().etag().hashCode() + form.distance) & (SLOTS - 1);
    Made known = recent.get(slot);
    if (known == null || !known.isFor(served, form, age)) {
      known = make(served, form, age);
      recent.set(slot, known);
    }
    return known;
  }

  private Made make(IndexOutcome.Served served, Form form, long age) {
    String etag = served.view().etag();
    Instant fetchedAt = served.freshness().fetchedAt();
    List<HttpResponse.Field> fields = new ArrayList<>(8);
    fields.add(new HttpResponse.Field("etag", etag));
    // A cache may store it, but must revalidate it, because the policy can change.
    fields.add(new HttpResponse.Field("cache-control", "no-cache"));
    fields.add(new HttpResponse.Field("vary", "accept-encoding"));
    fields.add(new HttpResponse.Field("age", Long.toString(age)));
    // The time at which the lines came from upstream.
    fields.add(new HttpResponse.Field("last-modified", dates.of(fetchedAt)));
    if (served.stale()) {
      fields.add(
          new HttpResponse.Field("x-lazaret-stale", "confirmed " + served.freshness().checkedAt()));
    }
    if (form != Form.UNCHANGED) {
      fields.add(new HttpResponse.Field("content-type", "text/plain; charset=utf-8"));
    }
    if (form == Form.GZIP) {
      fields.add(new HttpResponse.Field("content-encoding", "gzip"));
    }
    return new Made(etag, form, age, fetchedAt, List.copyOf(fields), Http1Writer.lines(fields));
  }
}
