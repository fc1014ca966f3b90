package lazaret.vetting.hosting.api;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.hosting.PrivateAlarmInfo;
import lazaret.vetting.deskapi.hosting.PrivateAlarmRequest;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsReply;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsRequest;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The operations of the desk on alarms about names.
///
/// @param alarm the alarms
public record PrivateAlarmHandlers(PrivateNameAlarm alarm) implements HandlerSource {
  /// The maximum number of alarms in a reply, and in a request.
  static final int MAX_LISTED = 1_000;

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(HostingOperations.ALARMS, (request, _) -> list(request));
    handlers.add(HostingOperations.ACKNOWLEDGE_ALARM, this::acknowledge);
  }

  PrivateAlarmsReply list(PrivateAlarmsRequest request) {
    List<RaisedAlarm> part =
        alarm.raised(request.after() == null ? "" : request.after(), MAX_LISTED);
    return reply(part, part.size() < MAX_LISTED ? null : part.getLast().position());
  }

  private PrivateAlarmsReply reply(List<RaisedAlarm> alarms, @Nullable String next) {
    return new PrivateAlarmsReply(
        alarms.stream().map(PrivateAlarmHandlers::info).toList(), alarm.total(), next);
  }

  PrivateAlarmsReply acknowledge(PrivateAlarmRequest request, Caller caller) {
    List<String> keys = request.keys();
    if (keys.isEmpty() || keys.size() > MAX_LISTED) {
      throw new MalformedException(
          "cannot acknowledge alarms: expected 1 to %d keys, found %d"
              .formatted(MAX_LISTED, keys.size()));
    }
    List<RaisedAlarm> found = keys.stream().map(this::find).toList();
    return reply(alarm.acknowledge(found, caller.owner()), null);
  }

  private RaisedAlarm find(String key) {
    String[] words = key.split("/", 3);
    if (words.length < 2) {
      throw new MalformedException(
          "cannot acknowledge the alarm '%s': expected ALARM/NAME or ALARM/NAME/ABOUT; 'vetting-cli private alarms' lists them"
              .formatted(Excerpt.of(key)));
    }
    CrateName name = CrateName.parse(words[1]);
    return Coded.find(Notice.Kind.class, words[0])
        .flatMap(kind -> alarm.find(kind, name, words.length < 3 ? "" : words[2]))
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.UNKNOWN, "there is no alarm '%s'".formatted(Excerpt.of(key))));
  }

  private static PrivateAlarmInfo info(RaisedAlarm each) {
    return new PrivateAlarmInfo(
        key(each),
        each.kind().code(),
        each.name(),
        each.about(),
        each.raised(),
        each.by(),
        each.acknowledged());
  }

  /// Returns the key for people, with the name as it is published.
  private static String key(RaisedAlarm each) {
    String key = each.kind().code() + "/" + each.name().published();
    return each.about().isEmpty() ? key : key + "/" + each.about();
  }
}
