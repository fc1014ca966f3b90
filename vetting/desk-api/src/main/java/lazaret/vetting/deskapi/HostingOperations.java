package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.hosting.PrivateAlarmRequest;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsReply;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsRequest;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCrateRequest;
import lazaret.vetting.deskapi.hosting.PrivateCratesReply;
import lazaret.vetting.deskapi.hosting.PrivateCratesRequest;
import lazaret.vetting.deskapi.hosting.PrivateDeletionReply;
import lazaret.vetting.deskapi.hosting.PrivateDeletionRequest;
import lazaret.vetting.deskapi.hosting.PrivateImportReply;
import lazaret.vetting.deskapi.hosting.PrivateImportRequest;
import lazaret.vetting.deskapi.hosting.PrivateOwnersReply;
import lazaret.vetting.deskapi.hosting.PrivateOwnersRequest;

/// The operations on private crates. cargo publishes and yanks by the web API of the registry.
public final class HostingOperations {
  /// Lists private crates.
  public static final Operation<PrivateCratesRequest, PrivateCratesReply> CRATES =
      Operation.get(
              "privateCrates",
              "/private/crates",
              PrivateCratesRequest.class,
              PrivateCratesReply.class)
          .access(Access.READ)
          .summary("List private crates");

  /// Returns one private crate.
  public static final Operation<PrivateCrateRequest, PrivateCrateReply> CRATE =
      Operation.get(
              "privateCrate",
              "/private/crates/{name}",
              PrivateCrateRequest.class,
              PrivateCrateReply.class)
          .access(Access.READ)
          .summary("Show a private crate with its owners and publications");

  /// Changes the owners of a private crate, as an administrator.
  public static final Operation<PrivateOwnersRequest, PrivateOwnersReply> CHANGE_OWNERS =
      Operation.post(
              "changePrivateOwners",
              "/private/crates/{name}/owners",
              PrivateOwnersRequest.class,
              PrivateOwnersReply.class)
          .access(Access.ADMIN)
          .summary("Add and remove owners of a private crate");

  /// Deletes a version of a private crate.
  public static final Operation<PrivateDeletionRequest, PrivateDeletionReply> DELETE =
      Operation.delete(
              "deletePrivateVersion",
              "/private/crates/{name}/{version}",
              PrivateDeletionRequest.class,
              PrivateDeletionReply.class)
          .access(Access.ADMIN)
          .summary("Delete a version of a private crate");

  /// Publishes an archive of another registry for its owner.
  public static final Operation<PrivateImportRequest, PrivateImportReply> IMPORT =
      Operation.put(
              "importPrivateVersion",
              "/private/crates/{name}/{version}",
              PrivateImportRequest.class,
              PrivateImportReply.class)
          .access(Access.ADMIN)
          .summary("Publish an archive of another registry as a private crate");

  /// Lists the alarms about private names.
  public static final Operation<PrivateAlarmsRequest, PrivateAlarmsReply> ALARMS =
      Operation.get(
              "privateAlarms",
              "/private/alarms",
              PrivateAlarmsRequest.class,
              PrivateAlarmsReply.class)
          .access(Access.AUDIT)
          .summary("List the alarms about private names");

  /// Acknowledges alarms about private names.
  public static final Operation<PrivateAlarmRequest, PrivateAlarmsReply> ACKNOWLEDGE_ALARM =
      Operation.post(
              "acknowledgePrivateAlarm",
              "/private/alarms",
              PrivateAlarmRequest.class,
              PrivateAlarmsReply.class)
          .access(Access.ADMIN)
          .summary("Acknowledge alarms about private names");

  private HostingOperations() {}
}
