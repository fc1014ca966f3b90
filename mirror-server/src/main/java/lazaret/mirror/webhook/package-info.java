/// Webhooks: new ledger entries are sent signed, in order, until the receiver accepts them.
@NullMarked
package lazaret.mirror.webhook;

import org.jspecify.annotations.NullMarked;
