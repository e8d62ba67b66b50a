// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/firststartpage.h"

#include "views/common/controls.h"
#include "views/common/glyphs.h"
#include "views/common/icons.h"
#include "views/common/plaintext.h"
#include "views/common/statemark.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fd {
namespace {

constexpr int kWidth = 720;
constexpr int kIcon = 22;
constexpr qsizetype kNamed = 3;

/// One way in: icon, what it is, one button. The first is framed in the accent.
class WayIn : public QWidget
{
public:
    WayIn(const QString &iconName, const QString &title, const QString &text, QPushButton *button, const QString &keys,
        bool isFirst)
        : m_iconName(iconName), m_icon(new QLabel), m_isFirst(isFirst)
    {
        m_icon->setFixedSize(kIcon, kIcon);
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        auto *what = new TextLabel(text, TextRole::Quiet, Tone::Text2);
        what->setWordWrap(true);
        words->addWidget(new TextLabel(title, TextRole::Strong));
        words->addWidget(what);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(metrics::kSection, metrics::kInset, metrics::kSection, metrics::kInset);
        row->setSpacing(metrics::kInset);
        row->addWidget(m_icon);
        row->addLayout(words, 1);
        button->setMinimumWidth(metrics::forText(124));
        button->setAccessibleDescription(text);
        row->addWidget(new TextLabel(keys, TextRole::Small, Tone::Text3));
        row->addWidget(button);
        showIcon();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        glyph::box(painter, rect(), metrics::kCardRadius, theme.base, m_isFirst ? theme.accent : theme.frame);
    }
    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            showIcon();
    }

private:
    void showIcon()
    {
        const Theme &theme = Theme::of(palette());
        m_icon->setPixmap(icons::tinted(m_iconName, m_isFirst ? theme.accent : theme.text2)
                              .pixmap(QSize(kIcon, kIcon), devicePixelRatioF()));
    }

    QString m_iconName;
    QLabel *m_icon;
    bool m_isFirst;
};

class NoteMark : public QWidget
{
public:
    NoteMark() { setFixedSize(metrics::kMark, metrics::kMark); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintNoticeMark(painter, rect(), Notice::Note, Theme::of(palette()).textOn(Notice::Note));
    }
};

TextLabel *centred(const QString &text, TextRole role, Tone tone)
{
    auto *label = new TextLabel(text, role, tone);
    label->setAlignment(Qt::AlignHCenter);
    return label;
}

} // namespace

FirstStartPage::FirstStartPage(QWidget *parent) : QWidget(parent)
{
    m_profiles = makeProfiles();
    setObjectName(QStringLiteral("first-start"));
    QPushButton *sample = pushButton(tr("Open &sample"), ButtonRole::Primary);
    QPushButton *connectButton = pushButton(tr("&Connect…"));
    QPushButton *skip = linkButton(tr("S&kip for now"));
    sample->setObjectName(QStringLiteral("open-sample"));
    connectButton->setObjectName(QStringLiteral("connect"));
    skip->setObjectName(QStringLiteral("skip"));
    sample->setAutoDefault(true);
    connectButton->setAutoDefault(true);

    auto *middle = new QWidget;
    middle->setMaximumWidth(metrics::forText(kWidth));
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(metrics::kInset, metrics::kInset, metrics::kInset, metrics::kInset);
    column->setSpacing(metrics::kWideGap);
    column->addWidget(centred(tr("Welcome to Flowdeck"), TextRole::Display, Tone::Text));
    column->addWidget(centred(tr("All your Prefect deployments in one window."), TextRole::Body, Tone::Text2));
    column->addSpacing(metrics::kSection);
    column->addWidget(new WayIn(QStringLiteral("server-database"), tr("Open the sample workspace"),
        tr("Deployments and runs to look around in. Nothing to set up."), sample, tr("Enter"), true));
    column->addWidget(new WayIn(QStringLiteral("network-server"), tr("Connect to a Prefect server"),
        tr("Orion 2.0b8, Prefect 2, 3 or Cloud. You need its address, and a key if it has one."), connectButton,
        QKeySequence(tr("Ctrl+Shift+N")).toString(QKeySequence::NativeText), false));
    column->addWidget(m_profiles);
    column->addSpacing(metrics::kGap);
    column->addWidget(skip, 0, Qt::AlignHCenter);

    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(middle, 1);
    row->addStretch();
    auto *whole = new QVBoxLayout(this);
    whole->addStretch();
    whole->addLayout(row);
    whole->addStretch();
    setFocusProxy(sample);
    connect(sample, &QPushButton::clicked, this, &FirstStartPage::sampleRequested);
    connect(connectButton, &QPushButton::clicked, this, &FirstStartPage::connectRequested);
    connect(skip, &QPushButton::clicked, this, &FirstStartPage::skipped);
    setProfiles({});
}

QWidget *FirstStartPage::makeProfiles()
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, metrics::kGap, 0, 0);
    row->setSpacing(metrics::kGap);
    m_found = new TextLabel({});
    m_found->setObjectName(QStringLiteral("profiles-found"));
    QPushButton *import = linkButton(tr("&Import them…"));
    import->setObjectName(QStringLiteral("import"));
    row->addWidget(new NoteMark);
    row->addWidget(m_found);
    row->addWidget(import);
    row->addStretch();
    connect(import, &QPushButton::clicked, this, &FirstStartPage::importRequested);
    return part;
}

void FirstStartPage::setProfiles(const QStringList &names)
{
    constexpr qsizetype kLongest = 40;
    QStringList shown;
    for (const QString &name : names.first(std::min(kNamed, names.size())))
        shown += oneLine(name).left(kLongest);
    if (names.size() > kNamed)
        shown += QStringLiteral("…");
    m_found->setText(names.size() == 1
            ? tr("A Prefect profile was found: %1.").arg(shown.join(QStringLiteral(", ")))
            : tr("%1 Prefect profiles were found: %2.").arg(names.size()).arg(shown.join(QStringLiteral(", "))));
    m_profiles->setVisible(!names.isEmpty());
}

} // namespace fd
