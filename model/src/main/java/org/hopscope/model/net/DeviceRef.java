package org.hopscope.model.net;

/**
 * A device as a command names it: by its name, in the namespace where the command runs. It may name nothing.
 *
 * @param netns where to look
 * @param name the device's name there
 */
public record DeviceRef(NetnsId netns, String name) {
}
