/// Feeds of advisories as a server gets them: from addresses and folders, on a schedule.
@NullMarked
package lazaret.mirror.feeds;

import org.jspecify.annotations.NullMarked;
