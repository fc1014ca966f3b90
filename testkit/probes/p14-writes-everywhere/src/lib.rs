//! Writes into folders of the system, the home folder and devices.
