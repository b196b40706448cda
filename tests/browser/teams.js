// Renders a card with the renderer that Teams builds on, in the measures and colours of Teams (Microsoft's published
// host configurations: Segoe UI 14 px, Courier New 12 px, 16 px around the card). Returns what the renderer complains of.
({ card, dark }) => {
  const ink = dark ? "#FFFFFF" : "#252424";
  const subtle = dark ? "rgba(255, 255, 255, 0.75)" : "rgba(37, 36, 36, 0.75)";
  const style = (backgroundColor) => ({
    backgroundColor,
    foregroundColors: { default: { default: ink, subtle } },
  });
  const font = (fontFamily) => ({
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
  });
  const host = new AdaptiveCards.HostConfig({
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: dark ? "#484644" : "#EEEEEE" },
    fontTypes: {
      default: font("'Segoe UI', Tahoma, Geneva, Verdana, sans-serif"),
      monospace: font("'Courier New', Courier, monospace"),
    },
    containerStyles: {
      default: style(dark ? "#2D2C2C" : "#FFFFFF"),
      emphasis: style(dark ? "#292828" : "#F9F8F7"),
    },
    actions: { maxActions: 6, spacing: "Default", buttonSpacing: 8, actionsOrientation: "Horizontal", actionAlignment: "Left" },
  });

  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownit().render(text);
    result.didProcess = true;
  };
  const context = new AdaptiveCards.SerializationContext();
  const rendered = new AdaptiveCards.AdaptiveCard();
  rendered.hostConfig = host;
  rendered.parse(card, context);
  const parsed = [...Array(context.eventCount).keys()].map((number) => context.getEventAt(number));
  document.body.replaceChildren(rendered.render());
  document.body.style.backgroundColor = dark ? "#2D2C2C" : "#FFFFFF";
  return [...parsed, ...rendered.validateProperties().validationEvents].map((event) => event.message);
}
