// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/spectab.h"

#include "models/spec/deploymentspec.h"
#include "views/common/controls.h"
#include "views/deployments/deploymenttext.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <QVBoxLayout>

namespace fd {
namespace {

/// More than this is not laid out: one endless line would stall the window.
constexpr qsizetype kMostShown = 100'000;
constexpr qsizetype kLongestLine = 2000;

QString shortened(const QString &text)
{
    if (text.size() <= kLongestLine)
        return text;
    QStringList lines = text.left(kMostShown).split(u'\n');
    for (QString &line : lines) {
        if (line.size() > kLongestLine)
            line = line.left(kLongestLine) + u'…';
    }
    if (text.size() > kMostShown)
        lines += SpecTab::tr("… Copy takes the whole text.");
    return lines.join(u'\n');
}

} // namespace

/// Colours of YAML: keys, strings, comments.
class YamlColors : public QSyntaxHighlighter
{
public:
    YamlColors(QTextDocument *document, const QWidget *widget) : QSyntaxHighlighter(document), m_widget(widget) { }

protected:
    void highlightBlock(const QString &text) override
    {
        static const QRegularExpression key(QStringLiteral("^\\s*(?:- )*([\\w.-]+)(?=:(?:\\s|$))"));
        static const QRegularExpression string(QStringLiteral("\"[^\"]*\"|'[^']*'"));
        static const QRegularExpression comment(QStringLiteral("(?:^|\\s)#.*$"));
        const Theme &theme = Theme::of(m_widget->palette());
        color(text, key, 1, theme.link);
        color(text, string, 0, theme.textOn(Notice::Done));
        color(text, comment, 0, theme.text3);
    }

private:
    void color(const QString &text, const QRegularExpression &what, int group, const QColor &color)
    {
        for (auto it = what.globalMatch(text); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            setFormat(
                static_cast<int>(match.capturedStart(group)), static_cast<int>(match.capturedLength(group)), color);
        }
    }

    const QWidget *m_widget;
};

SpecTab::SpecTab(QWidget *parent)
    : InspectorTab(parent), m_origin(new ElidedLabel({}, TextRole::Small, Tone::Text3, Qt::ElideMiddle)),
      m_text(new QPlainTextEdit), m_colors(new YamlColors(m_text->document(), m_text))
{
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("Spec as deployed, read-only"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(roleFont(TextRole::Mono, font()));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    QPushButton *copy = pushButton(tr("&Copy"), ButtonRole::Plain, QStringLiteral("edit-copy"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kGap);
    column->setSpacing(metrics::kGap);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::kWideGap);
    head->addWidget(copy);
    head->addWidget(m_origin, 1);
    column->addLayout(head);
    column->addWidget(m_text, 1);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_spec); });
}

void SpecTab::showDeployment(const InspectedDeployment &inspected)
{
    const Deployment &deployment = inspected.deployment;
    const QString spec = deployment.specText.isEmpty() ? toSpecText(deployment) : deployment.specText;
    m_origin->setText(deployment.specPath.isEmpty()
            ? tr("As deployed. Read-only.")
            : tr("%1, as deployed. Read-only.").arg(oneLine(QFileInfo(deployment.specPath).fileName())));
    if (spec == m_spec)
        return;
    m_spec = spec;
    m_text->setPlainText(shortened(spec));
}

void SpecTab::changeEvent(QEvent *event)
{
    InspectorTab::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        m_text->setFont(roleFont(TextRole::Mono, font()));
    if (event->type() == QEvent::PaletteChange)
        m_colors->rehighlight();
}

} // namespace fd
