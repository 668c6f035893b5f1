package org.hopscope.model.net;

/**
 * A program that holds a tun or tap device open, known by how it found the device: a rename or a move later does not
 * close it.
 *
 * @param netns where it opened the device
 * @param name the device's name there and then
 */
public record TunProgram(NetnsId netns, String name) {
}
