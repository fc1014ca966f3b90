package lazaret.vetting.queue;

import java.util.List;
import lazaret.vetting.desk.api.RequestInfos;
import lazaret.vetting.desk.api.ReviewInfos;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.review.ReaderRegister;
import lazaret.vetting.desk.review.ReviewReport.Base;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.deskapi.requests.NamedRequestersInfo;
import lazaret.vetting.deskapi.requests.QueueReaderInfo;
import lazaret.vetting.deskapi.requests.QueueReadingInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.vetting.queue.ReadingCache.Reading;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// The conversion of rows of the queue to records of the API.
final class QueueRowInfos {
  private QueueRowInfos() {}

  /// Returns the record of a request with its verdict, its requesters and the least to read.
  ///
  /// @param readers the other persons who read the version now, the longest reader first
  static QueueRowInfo of(QueueItem item, List<ReaderRegister.Entry> readers) {
    QueueEvaluation evaluation = item.row().evaluation();
    return new QueueRowInfo(
        RequestInfos.queued(
            new RequestQueue.Queued(
                item.row().request(),
                item.state(),
                item.row().verdict(),
                item.history(),
                evaluation == null ? List.of() : evaluation.approvedBy())),
        evaluation == null ? null : evaluation.at(),
        item.row().needsSecondPerson(),
        evaluation != null && evaluation.inspected(),
        evaluation == null ? List.of() : evaluation.roles(),
        new NamedRequestersInfo(
            item.history().requesters().stream().map(RequestInfos::requester).toList(),
            item.history().moreRequesters()),
        reading(item.reading()),
        reader(readers));
  }

  private static @Nullable QueueReaderInfo reader(List<ReaderRegister.Entry> readers) {
    return readers.isEmpty()
        ? null
        : new QueueReaderInfo(readers.getFirst().person(), readers.getFirst().since());
  }

  private static @Nullable QueueReadingInfo reading(@Nullable Reading reading) {
    if (reading == null) {
      return null;
    }
    Base base = reading.base();
    DiffStat stat = reading.stat();
    NotReadable unread = reading.unread();
    return new QueueReadingInfo(
        reading.at(),
        base == null ? null : ReviewInfos.base(base),
        stat == null ? null : ReviewInfos.stat(stat),
        unread == null ? null : ReviewInfos.notReadable(unread));
  }
}
