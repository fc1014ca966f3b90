@NullMarked
package lazaret.vetting.platform;

import org.jspecify.annotations.NullMarked;
