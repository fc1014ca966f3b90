/// Target platforms of builds, with the packages of a lockfile that a build for them needs.
@NullMarked
package lazaret.vetting.platform;

import org.jspecify.annotations.NullMarked;
